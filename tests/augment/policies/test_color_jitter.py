import numpy as np
import pytest

from trainwell.augment.ops._specs import OP_CODES
from trainwell.augment.policies import ColorJitter

ALL = [
    OP_CODES["brightness"],
    OP_CODES["contrast"],
    OP_CODES["saturation"],
    OP_CODES["hue"],
]


def test_factors_are_uniform_in_their_ranges(context):
    operations = ColorJitter(0.1, 0.2, 0.3, 0.05)(context(6000))
    ranges = [(0.9, 1.1), (0.8, 1.2), (0.7, 1.3), (-0.05, 0.05)]
    for code, (low, high) in zip(ALL, ranges, strict=True):
        values = operations.magnitudes[operations.op_codes == code][:, 0]
        assert len(values) == 6000
        assert low <= values.min() < low + 0.01 * (high - low)
        assert high - 0.01 * (high - low) < values.max() <= high
        assert abs(values.mean() - (low + high) / 2) < 0.05 * (high - low)


def test_every_order_comes_equally_often(context, even):
    codes = ColorJitter(0.1, 0.2, 0.3, 0.05)(context(24_000)).op_codes
    orders, counts = np.unique(codes, axis=0, return_counts=True)
    assert len(orders) == 24
    assert even(counts, 1000)


def test_what_does_not_vary_is_left_out(context):
    assert set(ColorJitter(0, 0.5, 0, 0)(context()).op_codes.ravel()) == {
        OP_CODES["contrast"]
    }
    assert ColorJitter(0, 0, 0, 0)(context(5)).op_codes.shape == (5, 0)


def test_messages():
    with pytest.raises(ValueError, match="`hue` must be in"):
        ColorJitter(hue=0.6)
