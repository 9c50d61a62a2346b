"""Invert: Pillow's and torchvision's, pixel by pixel."""

import numpy as np
import pytest
from PIL import Image, ImageOps

from trainwell.augment.ops import invert


def test_equals_pillow(difference):
    assert difference(invert(), ImageOps.invert).max() == 0


@pytest.mark.parametrize("amount", [0.0, 0.3, 2 / 3, 0.99])
def test_amounts_equal_pillows_blend(difference, amount):
    def theirs(picture):
        return Image.blend(picture, ImageOps.invert(picture), amount)

    assert difference(invert(amount=amount), theirs).max() == 0


def test_messages():
    with pytest.raises(ValueError, match=r"`amount` must be in \[0, 1\]"):
        invert(amount=2.0)


def test_against_torchvision(difference, torchvision, of_tensors):
    distances = difference(invert(), of_tensors(torchvision.invert))
    assert distances.max() <= 0


def test_any_number_of_channels(seen):
    image = np.random.default_rng(0).integers(60, 190, (30, 30, 5), dtype=np.uint8)
    ours = seen(image, invert())
    for c in range(5):
        alone = seen(np.ascontiguousarray(image[..., c : c + 1]), invert())
        np.testing.assert_array_equal(ours[..., c : c + 1], alone)
