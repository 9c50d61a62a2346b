"""Rotate by right angles: NumPy's rot90, exactly."""

import numpy as np
import pytest

from trainwell.augment.ops import rotate, rotate90


@pytest.mark.parametrize("turns", [-1, 0, 1, 2, 3, 4])
@pytest.mark.parametrize("interpolation", ["nearest", "linear"])
def test_equals_numpy(images, seen, on_canvas, turns, interpolation):
    for image in images:
        ours = seen(image, rotate90(turns), interpolation=interpolation)
        expected = on_canvas(np.rot90(image, turns), image.shape)
        np.testing.assert_array_equal(ours, expected)


def test_is_the_rotation_by_its_degrees():
    turns = np.arange(-4, 5)
    expected = rotate(90.0 * turns).magnitudes
    np.testing.assert_allclose(rotate90(turns).magnitudes, expected, atol=1e-12)
