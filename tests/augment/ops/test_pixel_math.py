"""Pixel math of the reference: Pillow's rounding."""

import numpy as np
from PIL import Image

from trainwell.augment.ops._pixel_math import (
    blend,
    luma,
    of_channels,
    per_channel,
    to_uint8,
)

IMAGE = np.random.default_rng(0).integers(0, 256, (9, 7, 3), dtype=np.uint8)


def test_luma_is_pillows():
    grey = np.asarray(Image.fromarray(IMAGE).convert("L"))
    np.testing.assert_array_equal(luma(IMAGE.astype(int)), grey)


def test_blend_is_pillows():
    x = IMAGE.astype(int)
    other = x[::-1]
    pillow = Image.blend(*map(Image.fromarray, (to_uint8(other), IMAGE)), 1.37)
    np.testing.assert_array_equal(blend(other, x, 1.37), np.asarray(pillow))


def test_cut_towards_zero_and_channels():
    assert to_uint8(np.array([-3.0, 1.9, 300])).tolist() == [0, 1, 255]
    assert (per_channel(IMAGE, lambda x: 255 - x) == 255 - IMAGE).all()
    assert of_channels(np.array([5.0, 7.0]), 4).tolist() == [5, 7, 7, 7]
