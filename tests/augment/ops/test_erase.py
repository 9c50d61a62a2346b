"""Erase: the rectangle by hand, its colours, and beyond the border."""

import numpy as np
import pytest

from trainwell.augment.ops import erase


@pytest.mark.parametrize("channels", [1, 3, 5, 8, 10])
def test_each_channel_has_its_level(seen, channels):
    image = np.random.default_rng(0).integers(0, 256, (10, 10, channels), np.uint8)
    color = np.arange(10.0, 10 + min(channels, 8))
    ours = seen(image, erase(0.2, 0.3, 0.6, 0.9, color=color))
    expected = image.copy()
    expected[3:9, 2:6] = np.pad(color, (0, channels - len(color)), mode="edge")
    np.testing.assert_array_equal(ours, expected)


@pytest.mark.parametrize(("border", "level"), [("mean", 128), ("black", 0)])
def test_the_border_is_the_default(photos, seen, border, level):
    ours = seen(photos[0], erase(0.25, 0.5, 0.75, 1.0), border=border)
    assert (ours[32:, 16:48] == level).all()
    np.testing.assert_array_equal(ours[:32], photos[0][:32])
    np.testing.assert_array_equal(ours[:, :16], photos[0][:, :16])
    np.testing.assert_array_equal(ours[:, 48:], photos[0][:, 48:])


def test_what_hangs_over_is_cut_off(photos, seen):
    ours = seen(photos[0], erase(-5.0, 0.75, 0.25, 7.0, color=np.array([3.0])))
    assert (ours[48:, :16] == 3).all()
    np.testing.assert_array_equal(ours[:48], photos[0][:48])
    np.testing.assert_array_equal(ours[48:, 16:], photos[0][48:, 16:])


def test_empty_rectangles_are_nothing(photos, seen):
    for box in ((2.0, 0.0, 3.0, 1.0), (0.5, 0.0, 0.5, 1.0), (0.7, 0.0, 0.2, 1.0)):
        np.testing.assert_array_equal(seen(photos[0], erase(*box)), photos[0])


def test_messages():
    with pytest.raises(ValueError, match="`color` must have 1 to 8 channels"):
        erase(0.0, 0.0, 1.0, 1.0, color=np.zeros(9))
    with pytest.raises(ValueError, match=r"`color` must be in \[0, 255\]"):
        erase(0.0, 0.0, 1.0, 1.0, color=np.array([256.0]))
