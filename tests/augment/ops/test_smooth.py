"""Smooth: Pillow's filter, blended by Pillow."""

import numpy as np
import pytest
from PIL import Image, ImageFilter

from trainwell.augment.ops import smooth


@pytest.mark.parametrize("amount", [0.0, 0.25, 1 / 3, 0.7, 1.0])
def test_equals_pillow(difference, amount):
    def theirs(picture):
        return Image.blend(picture, picture.filter(ImageFilter.SMOOTH), amount)

    assert difference(smooth(amount), theirs).max() == 0


def test_random_amounts_equal_pillow(difference, photos):
    for amount in np.random.default_rng(0).uniform(0, 1, 20):
        distances = difference(
            smooth(amount),
            lambda p, a=amount: Image.blend(p, p.filter(ImageFilter.SMOOTH), a),
            photos,
        )
        assert distances.max() == 0


def test_by_hand(seen):
    image = np.zeros((3, 3, 1), np.uint8)
    image[1, 1] = 130
    assert seen(image, smooth())[1, 1, 0] == 50
    assert seen(image, smooth(0.5))[1, 1, 0] == 90


def test_messages():
    with pytest.raises(ValueError, match=r"`amount` must be in \[0, 1\]"):
        smooth(1.1)
