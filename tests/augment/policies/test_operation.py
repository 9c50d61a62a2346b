import numpy as np
import pytest

from trainwell.augment import ops
from trainwell.augment.policies._operation import Operation, Parameter
from trainwell.augment.policies._pool import POOL

PLUS = np.zeros(4000, bool)


def test_a_parameter_by_strength():
    plain = Parameter((0, 1), ends=(8, 4), step=1)
    assert plain.at(np.array([0.0, 0.2, 1.0])).tolist() == [8, 7, 4]
    assert Parameter((0, 1), ends=(1, 1.9)).at(np.array([-1.0, 0.5])).tolist() == [
        pytest.approx(0.1),
        pytest.approx(1.45),
    ]


def test_what_is_drawn_is_uniform_and_within_its_ends(even):
    u = (np.arange(12_000) + 0.5) / 12_000
    drawn = Parameter((0, 1)).drawn(-2, 6, u)
    assert (drawn.min(), drawn.max()) == (
        pytest.approx(-2, abs=1e-3),
        pytest.approx(6, abs=1e-3),
    )
    whole = Parameter((0, 1), step=1).drawn(0, 3, u)
    assert np.unique(whole, return_counts=True)[1].tolist() == [3000] * 4
    odd = Parameter((0, 1), step=2).drawn(3, 7, u)
    assert np.unique(odd).tolist() == [3, 5, 7]
    assert even(np.unique(odd, return_counts=True)[1], 4000)


def test_numbers_stay_and_ranges_vary(context):
    made = POOL["shift_scale_rotate"].sampled(
        {"right": 0.0, "down": 0.0, "scale": 1.0, "degrees": (-10.0, 30.0)},
        context(4000),
        "test",
    )
    angles = np.degrees(np.arctan2(made.magnitudes[:, 0, 3], made.magnitudes[:, 0, 0]))
    assert -10 <= angles.min() < -9.9
    assert 29.9 < angles.max() <= 30
    assert abs(angles.mean() - 10) < 1


def test_each_parameter_has_numbers_of_its_own(context):
    made = POOL["stretch"].sampled(
        {"across": (0.5, 2.0), "down": (0.5, 2.0)}, context(4000), "test"
    )
    across, down = made.magnitudes[:, 0, 0], made.magnitudes[:, 0, 4]
    assert abs(np.corrcoef(across, down)[0, 1]) < 0.08


def test_both_signs_mirror_what_has_one(context):
    strength = np.full(4000, 0.5)
    plus = POOL["shift_scale_rotate"].at(strength, PLUS, context(), "test")
    minus = POOL["shift_scale_rotate"].at(strength, ~PLUS, context(), "test")
    half = 0.0625 / 2
    expected = ops.shift_scale_rotate(half, half, 1.15, 22.5).magnitudes
    np.testing.assert_allclose(plus.magnitudes[:1], expected)
    expected = ops.shift_scale_rotate(-half, -half, 0.85, -22.5).magnitudes
    np.testing.assert_allclose(minus.magnitudes[:1], expected)


def test_other_ends():
    rotate = POOL["rotate"].between(0, 90)
    assert rotate.parameters["degrees"].ends == (0, 90)
    assert rotate.parameters["degrees"].signed
    assert not POOL["rotate"].one_sided(-45, 45).parameters["degrees"].signed
    assert POOL["rotate"].parameters["degrees"].ends == (0, 30)


def test_without_parameters_the_number_of_samples_is_given(context):
    assert len(Operation(ops.flip).sampled({}, context(7), "test")) == 7
