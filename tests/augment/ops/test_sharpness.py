"""Sharpness: Pillow's, pixel by pixel."""

import numpy as np
import pytest
from PIL import ImageEnhance

from trainwell.augment.ops import sharpness

FACTORS = [-1.0, 0.0, 0.3, 1.0, 1.7, 5.0]


@pytest.mark.parametrize("factor", FACTORS)
def test_equals_pillow(difference, factor):
    def theirs(picture):
        return ImageEnhance.Sharpness(picture).enhance(factor)

    assert difference(sharpness(factor), theirs).max() == 0


def test_random_factors_equal_pillow(difference, photos):
    for factor in np.random.default_rng(0).uniform(0.1, 1.9, 20):
        distances = difference(
            sharpness(factor),
            lambda p, f=factor: ImageEnhance.Sharpness(p).enhance(f),
            photos,
        )
        assert distances.max() == 0


@pytest.mark.parametrize("factor", FACTORS[1:])
def test_near_torchvision(difference, photos, torchvision, of_tensors, factor):
    theirs = of_tensors(lambda x: torchvision.adjust_sharpness(x, factor))
    # blended in other order: the fraction that is cut off may differ
    assert difference(sharpness(factor), theirs, photos).max() <= 1


def test_one_is_nothing(images, seen):
    for image in images:
        np.testing.assert_array_equal(seen(image, sharpness(1.0)), image)


def test_channels_stay_apart(seen):
    image = np.random.default_rng(0).integers(0, 256, (7, 7, 5), dtype=np.uint8)
    ours = seen(image, sharpness(0.2))
    for c in range(5):
        alone = seen(np.ascontiguousarray(image[..., c : c + 1]), sharpness(0.2))
        np.testing.assert_array_equal(ours[..., c : c + 1], alone)
