"""Shift, scale and rotate: the three alone, and in this order."""

import numpy as np
import pytest

from trainwell.augment import ops


def matrices(*parts):
    """The product of warps, the last of them nearest to the output."""
    product = np.eye(3)
    for part in parts:
        product = product @ np.vstack(
            [part.magnitudes[0, 0, :6].reshape(2, 3), [0, 0, 1]]
        )
    return product[:2]


def test_enlarged_turned_then_moved():
    made = ops.shift_scale_rotate(0.1, -0.2, 1.3, 25.0)
    expected = matrices(
        ops.stretch(1.3, 1.3),
        ops.rotate(25.0),
        ops.translate_x(-0.1),
        ops.translate_y(0.2),
    )
    np.testing.assert_allclose(matrices(made), expected, atol=1e-12)


def test_moves_right_and_down(seen):
    image = np.zeros((4, 4, 1), np.uint8)
    image[1, 1] = 7
    assert seen(image, ops.shift_scale_rotate(0.25, 0.5, 1.0, 0.0))[3, 2] == 7


def test_of_many_samples():
    quarter = np.array([0.0, 0.25])
    made = ops.shift_scale_rotate(quarter, 0.0, 1.0, np.array([0.0, 90.0]))
    assert made.magnitudes.shape == (2, 1, 12)
    np.testing.assert_allclose(made.magnitudes[0, 0, :6], [1, 0, 0, 0, 1, 0])


def test_scale_must_be_positive():
    with pytest.raises(ValueError, match="`scale` must be positive"):
        ops.shift_scale_rotate(0.0, 0.0, 0.0, 0.0)
