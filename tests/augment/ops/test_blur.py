"""Blur: Pillow's filter, blended by Pillow."""

import numpy as np
import pytest
from PIL import Image, ImageFilter

from trainwell.augment.ops import blur


@pytest.mark.parametrize("amount", [0.0, 0.25, 1 / 3, 0.7, 1.0])
def test_equals_pillow(difference, amount):
    def theirs(picture):
        return Image.blend(picture, picture.filter(ImageFilter.BLUR), amount)

    assert difference(blur(amount), theirs).max() == 0


@pytest.mark.parametrize("size", [(4, 9), (9, 4), (5, 5), (5, 9), (1, 6)])
def test_small_images_equal_pillow(difference, size):
    image = np.random.default_rng(0).integers(0, 256, (*size, 3), dtype=np.uint8)
    distances = difference(blur(), lambda p: p.filter(ImageFilter.BLUR), [image])
    assert distances.max() == 0


def test_by_hand(seen):
    image = np.full((5, 5, 1), 32, np.uint8)
    image[1:4, 1:4] = 0
    assert seen(image, blur())[2, 2, 0] == 32
    assert seen(image, blur(0.5))[2, 2, 0] == 16


def test_messages():
    with pytest.raises(ValueError, match=r"`amount` must be in \[0, 1\]"):
        blur(np.array([0.5, -0.1]))
