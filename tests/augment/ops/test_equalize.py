"""Equalize: Pillow's and torchvision's, pixel by pixel."""

import numpy as np
import pytest
from PIL import Image, ImageOps

from trainwell.augment.ops import equalize


def test_equals_pillow(difference):
    assert difference(equalize(), ImageOps.equalize).max() == 0


@pytest.mark.parametrize("amount", [0.0, 0.3, 2 / 3, 0.99])
def test_amounts_equal_pillows_blend(difference, amount):
    def theirs(picture):
        return Image.blend(picture, ImageOps.equalize(picture), amount)

    assert difference(equalize(amount=amount), theirs).max() == 0


def test_messages():
    with pytest.raises(ValueError, match=r"`amount` must be in \[0, 1\]"):
        equalize(amount=2.0)


def test_against_torchvision(difference, torchvision, of_tensors):
    distances = difference(equalize(), of_tensors(torchvision.equalize))
    assert distances.max() <= 0


def test_any_number_of_channels(seen):
    image = np.random.default_rng(0).integers(60, 190, (30, 30, 5), dtype=np.uint8)
    ours = seen(image, equalize())
    for c in range(5):
        alone = seen(np.ascontiguousarray(image[..., c : c + 1]), equalize())
        np.testing.assert_array_equal(ours[..., c : c + 1], alone)


def test_flat_and_small_images_stay(seen):
    rng = np.random.default_rng(0)
    for image in (
        np.full((30, 30, 3), 9, np.uint8),
        rng.integers(0, 256, (15, 17, 3), dtype=np.uint8)[:15, :15],
    ):
        image = np.ascontiguousarray(image)
        np.testing.assert_array_equal(seen(image, equalize()), image)


def test_levels_that_pillow_cuts_at_255(difference):
    """Two pixel values, nearly all in the first: whole divisions lead beyond 255."""
    rare = np.full((23, 23, 3), 10, np.uint8)
    rare[0, :19] = 200
    distances = difference(equalize(), ImageOps.equalize, [rare, 255 - rare])
    assert distances.max() == 0
