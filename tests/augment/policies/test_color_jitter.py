import numpy as np
import pytest

from trainwell.augment.ops import _codes
from trainwell.augment.policies import ColorJitter

ALL = [_codes.SCALE, _codes.CONTRAST, _codes.SATURATION, _codes.HUE]


def test_factors_are_uniform_in_their_ranges(draw):
    steps = ColorJitter(0.1, 0.2, 0.3, 0.05)(draw(6000))
    ranges = [(0.9, 1.1), (0.8, 1.2), (0.7, 1.3), (-0.05, 0.05)]
    for code, (low, high) in zip(ALL, ranges, strict=True):
        values = steps.values[steps.codes == code][:, 0]
        assert len(values) == 6000
        assert low <= values.min() < low + 0.01 * (high - low)
        assert high - 0.01 * (high - low) < values.max() <= high
        assert abs(values.mean() - (low + high) / 2) < 0.05 * (high - low)


def test_every_order_comes_equally_often(draw, even):
    codes = ColorJitter(0.1, 0.2, 0.3, 0.05)(draw(24_000)).codes
    orders, counts = np.unique(codes, axis=0, return_counts=True)
    assert len(orders) == 24
    assert even(counts, 1000)


def test_what_does_not_vary_is_left_out(draw):
    assert set(ColorJitter(0, 0.5, 0, 0)(draw()).codes.ravel()) == {_codes.CONTRAST}
    assert ColorJitter(0, 0, 0, 0)(draw(5)).codes.shape == (5, 0)


def test_messages():
    with pytest.raises(ValueError, match="`hue` must be in"):
        ColorJitter(hue=0.6)
