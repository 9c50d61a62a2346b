"""Stretch: Pillow's affine transform about the centre."""

import numpy as np
import pytest
from PIL import Image

from trainwell.augment.ops import stretch


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


def test_twice_as_wide(seen):
    image = np.arange(4, dtype=np.uint8).repeat(4).reshape(4, 4, 1).transpose(1, 0, 2)
    assert seen(image, stretch(2.0, 1.0))[0, :, 0].tolist() == [1, 1, 2, 2]


@pytest.mark.parametrize(("a", "b"), [(1, 1), (0.7, 1.4), (1.3, 1.3), (3, 0.2)])
def test_nearest_equals_pillow(difference, a, b):
    theirs = affine(1 / a, 0, 0.5 - 0.5 / a, 0, 1 / b, 0.5 - 0.5 / b)
    # where a place lies between two pixels within 2^-16, either may be taken
    assert (difference(stretch(a, b), theirs) > 0).mean() < 3e-4


def test_not_positive():
    with pytest.raises(ValueError, match="`down` must be positive"):
        stretch(1.0, 0.0)
