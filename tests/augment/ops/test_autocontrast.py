"""Autocontrast: Pillow's and torchvision's, pixel by pixel."""

import numpy as np
import pytest
from PIL import Image, ImageOps

from trainwell.augment.ops import autocontrast


def test_equals_pillow(difference):
    assert difference(autocontrast(), ImageOps.autocontrast).max() == 0


@pytest.mark.parametrize("amount", [0.0, 0.3, 2 / 3, 0.99])
def test_amounts_equal_pillows_blend(difference, amount):
    def theirs(picture):
        return Image.blend(picture, ImageOps.autocontrast(picture), amount)

    assert difference(autocontrast(amount=amount), theirs).max() == 0


def test_messages():
    with pytest.raises(ValueError, match=r"`amount` must be in \[0, 1\]"):
        autocontrast(amount=2.0)


def test_against_torchvision(difference, torchvision, of_tensors):
    # torchvision subtracts before it multiplies, and cuts off the fraction
    distances = difference(autocontrast(), of_tensors(torchvision.autocontrast))
    assert distances.max() <= 1


def test_any_number_of_channels(seen):
    image = np.random.default_rng(0).integers(60, 190, (30, 30, 5), dtype=np.uint8)
    ours = seen(image, autocontrast())
    for c in range(5):
        alone = seen(np.ascontiguousarray(image[..., c : c + 1]), autocontrast())
        np.testing.assert_array_equal(ours[..., c : c + 1], alone)


def test_the_full_range_is_used(photos, seen):
    image = (photos[0] // 3 + 40).astype(np.uint8)
    ours = seen(image, autocontrast())
    assert (ours.min((0, 1)) == 0).all()
    assert (ours.max((0, 1)) == 255).all()


def test_flat_channels_stay(seen):
    for level in (0, 77, 255):
        image = np.full((5, 5, 3), level, np.uint8)
        np.testing.assert_array_equal(seen(image, autocontrast()), image)
