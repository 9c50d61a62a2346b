import numpy as np
import pytest

from trainwell.augment import ops
from trainwell.augment.ops._specs import OP_CODES
from trainwell.augment.policies import SamplingContext
from trainwell.augment.policies._pool import POOL
from trainwell.augment.policies._space import (
    AUTOAUGMENT,
    CTAUGMENT,
    POPULATION,
    RANDAUGMENT,
    SEARCHED,
    WIDE,
    take,
)

STRENGTHS = np.array([0.0, 1 / 3, 0.5, 1.0])
FOUR = SamplingContext(
    0, 0, np.arange(4, dtype=np.uint64), np.full(4, 32), np.full(4, 32)
)
PLUS, MINUS = np.zeros(4, bool), np.ones(4, bool)


def taken(name, negative=PLUS, space=AUTOAUGMENT):
    choice = np.full(4, list(space).index(name))
    return take(space, choice, STRENGTHS, negative, FOUR, "test")


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
    operations = take(AUTOAUGMENT, choice, STRENGTHS, PLUS, FOUR, "test")
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
    assert len(CTAUGMENT) == 19
    np.testing.assert_allclose(
        taken("translate_x", space=WIDE).magnitudes,
        ops.translate_x(32 / 224 * STRENGTHS).magnitudes,
        atol=1e-12,
    )


@pytest.mark.parametrize(
    ("name", "magnitudes"),
    [
        ("rotate", ops.rotate(90 * STRENGTHS - 45).magnitudes),
        ("shear_y", ops.shear_y(0.6 * STRENGTHS - 0.3).magnitudes),
        ("translate_x", ops.translate_x(0.6 * STRENGTHS - 0.3).magnitudes),
        ("brightness", ops.brightness(0.1 + 1.9 * STRENGTHS).magnitudes),
        ("sharpness", ops.sharpness(0.1 + 1.9 * STRENGTHS).magnitudes),
        ("invert", ops.invert(amount=STRENGTHS).magnitudes),
        ("blur", ops.blur(STRENGTHS).magnitudes),
        ("rescale", ops.rescale(STRENGTHS / 4).magnitudes),
        ("solarize", ops.solarize(255 * STRENGTHS).magnitudes),
    ],
)
def test_levels_of_ctaugment(name, magnitudes):
    """Those of ReMixMatch's code, which has no signs: a level says the direction."""
    for negative in (PLUS, MINUS):
        found = taken(name, negative, CTAUGMENT).magnitudes
        np.testing.assert_allclose(found, magnitudes, atol=1e-12)


def test_the_bits_of_ctaugment_are_equally_likely():
    level = (np.arange(800) + 0.5) / 800
    expected = 1 + np.floor(level * 7.999)
    found = CTAUGMENT["posterize"].parameters["bits"].at(level)
    assert (found == expected).mean() > 0.99
    assert set(found) == set(range(1, 9))


def test_what_is_searched_is_as_published():
    assert len(SEARCHED) == 15
    assert set(SEARCHED) == {*AUTOAUGMENT, "cutout"} - {"identity"}
    strongest = POPULATION["cutout"].parameters["side"].ends
    assert strongest == (0, 20 / 32)
    assert POOL["cutout"].parameters["side"].ends == (0, 0.2)


def test_what_a_strength_does_not_say_is_drawn_per_sample():
    made = taken("cutout", space=POOL)
    assert (made.op_codes[:, 0] == OP_CODES["erase"]).all()
    centres = made.magnitudes[:, 0, :4].reshape(4, 2, 2).mean(1)
    assert len(np.unique(centres)) == 8
    noise = taken("gaussian_noise", space=POOL).magnitudes[:, 0, 2]
    assert len(np.unique(noise)) == 4


def test_a_sample_is_the_same_in_any_batch():
    choice = np.full(4, list(POOL).index("erase"))
    together = take(POOL, choice, STRENGTHS, PLUS, FOUR, "test")
    rows = np.array([2])
    alone = take(POOL, choice[rows], STRENGTHS[rows], PLUS[rows], FOUR.of(rows), "test")
    np.testing.assert_array_equal(alone.magnitudes, together.magnitudes[rows])
