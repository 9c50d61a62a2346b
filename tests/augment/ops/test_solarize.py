"""Solarize: Pillow's and torchvision's, with the threshold itself inverted."""

import numpy as np
import pytest
from PIL import ImageOps

from trainwell.augment.ops import solarize

THRESHOLDS = [0, 1, 77, 127.5, 128, 255, 256]


def test_the_threshold_is_inverted(seen):
    image = np.array([[99, 100], [101, 255]], np.uint8)[..., None]
    expected = [[99, 155], [154, 0]]
    assert seen(image, solarize(100.0))[..., 0].tolist() == expected


@pytest.mark.parametrize("threshold", THRESHOLDS)
def test_equals_pillow(difference, threshold):
    def theirs(picture):
        return ImageOps.solarize(picture, threshold)

    assert difference(solarize(threshold), theirs).max() == 0


@pytest.mark.parametrize("threshold", THRESHOLDS[:-1])
def test_equals_torchvision(difference, torchvision, of_tensors, threshold):
    theirs = of_tensors(lambda x: torchvision.solarize(x, threshold))
    assert difference(solarize(threshold), theirs).max() == 0
