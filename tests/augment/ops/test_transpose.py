"""Transpose: rows and columns swapped, exactly."""

import numpy as np
import pytest

from trainwell.augment.ops import concat, transpose


@pytest.mark.parametrize("interpolation", ["nearest", "linear"])
def test_equals_numpy(images, seen, on_canvas, interpolation):
    for image in images:
        ours = seen(image, transpose(), interpolation=interpolation)
        expected = on_canvas(image.transpose(1, 0, 2), image.shape)
        np.testing.assert_array_equal(ours, expected)


def test_twice_is_nothing(photos, seen):
    twice = concat(transpose(), transpose())
    np.testing.assert_array_equal(seen(photos[1], twice), photos[1])
