import numpy as np
import pytest

from trainwell.augment import ops
from trainwell.augment.ops._specs import OP_CODES
from trainwell.augment.policies import Operations

TWO = Operations(
    [
        {"op": "solarize", "threshold": 100, "p": 1},
        {"op": "gamma", "exponent": [0.5, 1.5], "p": 0.3},
    ]
)


def test_each_has_its_probability_and_its_range(context):
    operations = TWO(context(20_000))
    assert (operations.op_codes[:, 0] == OP_CODES["solarize"]).all()
    assert (operations.magnitudes[:, 0, 0] == 100).all()
    chosen = operations.op_codes[:, 1] == OP_CODES["gamma"]
    assert abs(chosen.mean() - 0.3) < 0.02
    exponents = operations.magnitudes[chosen, 1, 0]
    assert abs(exponents.mean() - 1) < 0.02
    assert 0.5 <= exponents.min() < 0.51
    assert 1.49 < exponents.max() <= 1.5


def test_one_of_a_group_in_proportion_to_p(context):
    group = {
        "one_of": ["invert", {"op": "equalize", "p": 1}, {"op": "hue", "p": 0}],
        "p": 0.6,
    }
    operations = Operations(group)(context(20_000))
    shares = {
        name: (operations.op_codes == OP_CODES[name]).mean()
        for name in ("invert", "equalize", "hue")
    }
    assert shares["invert"] == pytest.approx(0.2, abs=0.02)
    assert shares["equalize"] == pytest.approx(0.4, abs=0.02)
    assert shares["hue"] == 0


def test_a_sample_is_the_same_in_any_batch_and_differs_between_epochs(context):
    policy = Operations(
        ["cutout", "gaussian_noise", {"one_of": ["rotate", "erase"], "p": 0.9}]
    )
    many, few = policy(context(50)), policy(context(5, first=20))
    np.testing.assert_array_equal(few.op_codes, many.op_codes[20:25])
    np.testing.assert_array_equal(few.magnitudes, many.magnitudes[20:25])
    assert (policy(context(50, epoch=1)).magnitudes != many.magnitudes).any()


def test_equal_operations_draw_numbers_of_their_own(context):
    gamma = {"op": "gamma", "p": 1}
    first, second = Operations([gamma, gamma])(context()).magnitudes[:, :, 0].T
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.08
    other = Operations([gamma])(context()).magnitudes[:, 0, 0]
    assert abs(np.corrcoef(first, other)[0, 1]) < 0.08, "of other lists, too"


def test_rectangles_follow_the_canvas(context):
    policy = Operations({"op": "cutout", "side": 0.5, "p": 1})
    boxes = policy(context(9, output=(20, 80))).magnitudes[:, 0, :4]
    np.testing.assert_allclose(boxes[:, 2] - boxes[:, 0], 10 / 80)
    np.testing.assert_allclose(boxes[:, 3] - boxes[:, 1], 10 / 20)


def test_what_they_change():
    policy = Operations(["flip", "rotate", {"one_of": ["erase", "hue"]}, "identity"])
    assert policy.tones() == ("hue",)
    assert policy.warps() == ("rotate",)
    assert repr(policy) == "Operations(flip, rotate, one of erase, hue, identity)"


def test_they_are_those_of_ops(context):
    made = Operations({"op": "shear_x", "factor": 0.2, "about": "centre", "p": 1})
    expected = ops.shear_x(0.2, about="centre")
    np.testing.assert_array_equal(made(context(1)).magnitudes, expected.magnitudes)
