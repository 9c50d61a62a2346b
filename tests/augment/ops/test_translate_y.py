"""Translate along y: Pillow's affine transform, and whole pixels by hand."""

import numpy as np
import pytest
from PIL import Image

from trainwell.augment.ops import translate_y


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


def test_whole_pixels_are_a_slice(seen):
    image = np.arange(1, 26, dtype=np.uint8).reshape(5, 5, 1)
    ours = seen(image, translate_y(0.4), border="black")
    expected = np.zeros_like(image)
    expected[:3] = image[2:]
    np.testing.assert_array_equal(ours, expected)


@pytest.mark.parametrize("share", [-2.0, -0.45, 0, 0.1, 1 / 3, 1.0, 2.0])
def test_nearest_equals_pillow(difference, share):
    theirs = affine(1, 0, 0, 0, 1, share)
    assert difference(translate_y(share), theirs).max() == 0


@pytest.mark.parametrize("share", [-0.45, 0.1, 1 / 3])
def test_linear_is_near_pillow(difference, photos, share):
    theirs = affine(1, 0, 0, 0, 1, share, Image.BILINEAR)
    options = {"interpolation": "linear"}
    distances = difference(translate_y(share), theirs, photos, **options)
    # weights of 7 and 6 bits; Pillow cuts off the fraction where we round
    assert distances.max() <= 3
    assert distances.mean() < 0.5
