"""Hue: colours by hand, torchvision's within one pixel value, Pillow's 8-bit HSV nearly."""

import numpy as np
import pytest

from trainwell.augment.ops import hue


def test_red_green_blue(seen):
    image = np.array([[[200, 10, 10]]], np.uint8)
    assert seen(image, hue(1 / 3)).tolist() == [[[10, 200, 10]]]
    assert seen(image, hue(-1 / 3)).tolist() == [[[10, 10, 200]]]
    assert seen(image, hue(0.5)).tolist() == [[[10, 200, 200]]]


@pytest.mark.parametrize("turns", [-0.5, -0.2, 0.0, 0.1, 0.4])
def test_near_torchvision(difference, torchvision, of_tensors, turns):
    theirs = of_tensors(lambda x: torchvision.adjust_hue(x, turns))
    assert difference(hue(turns), theirs).max() <= 1


@pytest.mark.parametrize("turns", [-0.5, -0.2, 0.1, 0.4])
def test_near_the_hsv_of_pillow(difference, photos, torchvision, turns):
    distances = difference(
        hue(turns), lambda p: torchvision.adjust_hue(p, turns), photos
    )
    # 256 hues and saturations: 6 pixel values of hue per pixel value of a saturated colour, twice
    assert distances.max() <= 16
    assert distances.mean() < 1


def test_whole_turns_and_grey_are_nothing(photos, seen):
    for turns in (0.0, 1.0, -2.0):
        np.testing.assert_array_equal(seen(photos[0], hue(turns)), photos[0])
    grey = np.repeat(photos[0][..., :1], 3, axis=2)
    np.testing.assert_array_equal(seen(grey, hue(0.3)), grey)
    five = np.concatenate([photos[0], photos[0][..., :2]], axis=2)
    np.testing.assert_array_equal(seen(five, hue(0.3)), five)
