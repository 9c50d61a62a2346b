"""Vertical flip: Pillow's, and its own inverse."""

import numpy as np
from PIL import ImageOps

from trainwell.augment.ops import concat, vertical_flip


def test_equals_pillow(difference):
    for interpolation in ("nearest", "linear"):
        operations = vertical_flip()
        assert (
            difference(operations, ImageOps.flip, interpolation=interpolation).max()
            == 0
        )


def test_twice_is_nothing(photos, seen):
    twice = concat(vertical_flip(), vertical_flip())
    np.testing.assert_array_equal(seen(photos[0], twice), photos[0])


def test_of_many_samples():
    assert vertical_flip(3).op_codes.shape == (3, 1)
