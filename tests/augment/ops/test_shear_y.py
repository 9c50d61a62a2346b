"""Shear along y: Pillow's affine transform, about the corner and the centre."""

import numpy as np
import pytest
from PIL import Image

from trainwell.augment.ops import shear_y


def affine(a, b, c, d, e, f, resample=Image.NEAREST):
    """Pillow's transform; c and f in shares of the canvas.

    A tiny shear keeps Pillow on the path with 16-bit places: the other one adds up
    steps, and decides otherwise where a place lies between two pixels.
    """

    def theirs(picture):
        width, height = picture.size
        fill = 128 if picture.mode == "L" else (128,) * 3
        matrix = (a, b + 1e-12, c * width, d + 1e-12, e, f * height)
        return picture.transform(
            picture.size, Image.AFFINE, matrix, resample, fillcolor=fill
        )

    return theirs


@pytest.mark.parametrize("factor", [-0.99, -0.3, 0, 0.1, 0.3])
def test_nearest_equals_pillow(difference, factor):
    theirs = affine(1, 0, 0, factor, 1, 0)
    assert difference(shear_y(factor), theirs).max() == 0


def test_about_the_centre(difference):
    factor = 0.37

    def theirs(picture):
        half = picture.size[0] / picture.size[1] / 2  # of the width, in heights
        return affine(1, 0, 0, factor, 1, -factor * half)(picture)

    assert difference(shear_y(factor, about="centre"), theirs).max() == 0


def test_the_centre_stays(seen):
    image = np.zeros((5, 5, 1), np.uint8)
    image[2, 2] = 9
    assert seen(image, shear_y(0.8, about="centre"))[2, 2] == 9
    assert seen(image, shear_y(0.8))[2, 2] != 9


@pytest.mark.parametrize("factor", [-0.3, 0.1])
def test_linear_is_near_pillow(difference, photos, factor):
    theirs = affine(1, 0, 0, factor, 1, 0, Image.BILINEAR)
    options = {"interpolation": "linear"}
    distances = difference(shear_y(factor), theirs, photos, **options)
    # weights of 7 and 6 bits; Pillow cuts off the fraction where we round
    assert distances.max() <= 3
    assert distances.mean() < 0.5


def test_unknown_fixed_point():
    with pytest.raises(ValueError, match="`about` must be one of corner, centre"):
        shear_y(0.1, about="center")
