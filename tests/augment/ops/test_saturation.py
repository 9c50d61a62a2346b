"""Saturation: Pillow's, pixel by pixel."""

import numpy as np
import pytest
from PIL import ImageEnhance

from trainwell.augment.ops import saturation

FACTORS = [-1.0, 0.0, 0.3, 1.0, 1.7, 5.0]


@pytest.mark.parametrize("factor", FACTORS)
def test_equals_pillow(difference, factor):
    def theirs(picture):
        return ImageEnhance.Color(picture).enhance(factor)

    assert difference(saturation(factor), theirs).max() == 0


def test_random_factors_equal_pillow(difference, photos):
    for factor in np.random.default_rng(0).uniform(0.1, 1.9, 20):
        distances = difference(
            saturation(factor),
            lambda p, f=factor: ImageEnhance.Color(p).enhance(f),
            photos,
        )
        assert distances.max() == 0


@pytest.mark.parametrize("factor", FACTORS[1:])
def test_near_torchvision(difference, photos, torchvision, of_tensors, factor):
    theirs = of_tensors(lambda x: torchvision.adjust_saturation(x, factor))
    # torchvision's weights of the luma have 4 digits, and it cuts off the fraction
    assert difference(saturation(factor), theirs, photos).max() <= 1 + abs(1 - factor)


def test_one_is_nothing(images, seen):
    for image in images:
        np.testing.assert_array_equal(seen(image, saturation(1.0)), image)


def test_other_than_three_channels_stay(seen):
    image = np.random.default_rng(0).integers(0, 256, (6, 6, 5), dtype=np.uint8)
    np.testing.assert_array_equal(seen(image, saturation(0.0)), image)
