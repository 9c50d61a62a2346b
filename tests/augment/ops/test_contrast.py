"""Contrast: Pillow's, pixel by pixel."""

import numpy as np
import pytest
from PIL import ImageEnhance

from trainwell.augment.ops import contrast

FACTORS = [-1.0, 0.0, 0.3, 1.0, 1.7, 5.0]


@pytest.mark.parametrize("factor", FACTORS)
def test_equals_pillow(difference, factor):
    def theirs(picture):
        return ImageEnhance.Contrast(picture).enhance(factor)

    assert difference(contrast(factor), theirs).max() == 0


def test_random_factors_equal_pillow(difference, photos):
    for factor in np.random.default_rng(0).uniform(0.1, 1.9, 20):
        distances = difference(
            contrast(factor),
            lambda p, f=factor: ImageEnhance.Contrast(p).enhance(f),
            photos,
        )
        assert distances.max() == 0


@pytest.mark.parametrize("factor", FACTORS[1:])
def test_near_torchvision(difference, photos, torchvision, of_tensors, factor):
    theirs = of_tensors(lambda x: torchvision.adjust_contrast(x, factor))
    # torchvision does not round the mean grey, and cuts off the fraction of each luma
    assert difference(contrast(factor), theirs, photos).max() <= 1 + abs(1 - factor)


def test_one_is_nothing(images, seen):
    for image in images:
        np.testing.assert_array_equal(seen(image, contrast(1.0)), image)


def test_of_five_channels_it_is_about_the_mean_of_all(seen):
    image = np.random.default_rng(0).integers(0, 256, (6, 6, 5), dtype=np.uint8)
    assert (seen(image, contrast(0.0)) == int(image.mean() + 0.5)).all()
