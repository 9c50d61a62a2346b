import numpy as np
import pytest

from trainwell.augment import ops
from trainwell.augment.policies._space import AUTOAUGMENT, RANDAUGMENT, WIDE, take

STRENGTHS = np.array([0.0, 1 / 3, 0.5, 1.0])
PLUS, MINUS = np.zeros(4, bool), np.ones(4, bool)


def taken(name, negative=PLUS, space=AUTOAUGMENT):
    choice = np.full(4, list(space).index(name))
    return take(space, choice, STRENGTHS, negative)


@pytest.mark.parametrize(
    ("name", "make", "magnitudes"),
    [
        ("shear_x", ops.shear_x, 0.3 * STRENGTHS),
        ("translate_y", ops.translate_y, 150 / 331 * STRENGTHS),
        ("rotate", ops.rotate, 30 * STRENGTHS),
        ("contrast", ops.contrast, 1 + 0.9 * STRENGTHS),
        ("sharpness", ops.sharpness, 1 + 0.9 * STRENGTHS),
        ("solarize", ops.solarize, 255 * (1 - STRENGTHS)),
        ("posterize", ops.posterize, np.array([8.0, 7, 6, 4])),
    ],
)
def test_magnitudes(name, make, magnitudes):
    expected = make(magnitudes)
    np.testing.assert_array_equal(taken(name).op_codes, expected.op_codes)
    np.testing.assert_allclose(taken(name).magnitudes, expected.magnitudes, atol=1e-12)


def test_signs_turn_what_has_one():
    np.testing.assert_allclose(
        taken("rotate", MINUS).magnitudes,
        ops.rotate(-30 * STRENGTHS).magnitudes,
        atol=1e-12,
    )
    np.testing.assert_allclose(
        taken("saturation", MINUS).magnitudes[:, 0, 0], 1 - 0.9 * STRENGTHS
    )
    for name in ("posterize", "solarize", "invert"):
        np.testing.assert_array_equal(
            taken(name, MINUS).magnitudes, taken(name).magnitudes
        )


def test_each_sample_has_its_own_operation():
    choice = np.array([list(AUTOAUGMENT).index("invert"), -1, 0, 2])
    operations = take(AUTOAUGMENT, choice, STRENGTHS, PLUS)
    expected = [
        ops.invert().op_codes[0, 0],
        0,
        0,
        ops.shear_y(STRENGTHS).op_codes[0, 0],
    ]
    assert operations.op_codes[:, 0].tolist() == expected


def test_the_spaces():
    assert len(AUTOAUGMENT) == 15
    assert len(RANDAUGMENT) == len(WIDE) == 14
    assert set(AUTOAUGMENT) - set(RANDAUGMENT) == {"invert"}
    np.testing.assert_allclose(
        taken("translate_x", space=WIDE).magnitudes,
        ops.translate_x(32 / 224 * STRENGTHS).magnitudes,
        atol=1e-12,
    )
