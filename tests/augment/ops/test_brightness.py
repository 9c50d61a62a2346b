"""Brightness: Pillow's, pixel by pixel."""

import numpy as np
import pytest
from PIL import ImageEnhance

from trainwell.augment.ops import brightness

FACTORS = [-1.0, 0.0, 0.3, 1.0, 1.7, 5.0]


@pytest.mark.parametrize("factor", FACTORS)
def test_equals_pillow(difference, factor):
    def theirs(picture):
        return ImageEnhance.Brightness(picture).enhance(factor)

    assert difference(brightness(factor), theirs).max() == 0


def test_random_factors_equal_pillow(difference, photos):
    for factor in np.random.default_rng(0).uniform(0.1, 1.9, 20):
        distances = difference(
            brightness(factor),
            lambda p, f=factor: ImageEnhance.Brightness(p).enhance(f),
            photos,
        )
        assert distances.max() == 0


@pytest.mark.parametrize("factor", FACTORS[1:])
def test_near_torchvision(difference, photos, torchvision, of_tensors, factor):
    theirs = of_tensors(lambda x: torchvision.adjust_brightness(x, factor))
    # the same arithmetic
    assert difference(brightness(factor), theirs, photos).max() <= 0


def test_one_is_nothing(images, seen):
    for image in images:
        np.testing.assert_array_equal(seen(image, brightness(1.0)), image)
