"""Rescale: Pillow's crop and resize where the margin is a whole number of pixels."""

import numpy as np
import pytest
from PIL import Image

from trainwell.augment.ops import rescale


@pytest.mark.parametrize("margin", [0.0, 0.125, 0.25])
def test_equals_pillow(difference, photos, margin):
    pictures = [image for image in photos if image.shape[0] % 8 == 0]

    def theirs(picture):
        width, height = picture.size
        box = (margin * width, margin * height)
        box = (*box, width - box[0], height - box[1])
        return picture.crop(box).resize(picture.size, Image.Resampling.NEAREST)

    assert pictures
    assert difference(rescale(margin), theirs, pictures).max() == 0


def test_the_middle_stays(seen):
    image = np.zeros((8, 12, 1), np.uint8)
    image[2:6, 3:9] = 200
    assert (seen(image, rescale(0.25)) == 200).all()


def test_messages():
    with pytest.raises(ValueError, match=r"`margin` must be in \[0, 0.49\]"):
        rescale(0.5)
