"""Pixel values: the affine map, per channel."""

import numpy as np
import pytest

from trainwell.augment.ops import scale_and_shift


def test_by_hand(seen):
    image = np.array([[[10, 100, 250]]], np.uint8)
    ours = seen(image, scale_and_shift(1.5, np.array([-20.0, 0.3, 0.0])))
    assert ours.tolist() == [[[0, 150, 255]]]


@pytest.mark.parametrize("channels", [1, 3, 5, 11, 14])
def test_each_channel_has_its_summand(seen, channels):
    image = np.random.default_rng(0).integers(0, 256, (6, 6, channels), dtype=np.uint8)
    summands = np.linspace(-60, 60, min(channels, 11))
    ours = seen(image, scale_and_shift(0.8, summands))
    padded = np.pad(summands, (0, channels - len(summands)), mode="edge")
    expected = np.clip(np.floor(0.8 * image + padded + 0.5), 0, 255)
    np.testing.assert_array_equal(ours, expected)


def test_of_many_samples():
    made = scale_and_shift(np.array([1.0, 2.0]), np.array([[1.0, 2.0], [3.0, 4.0]]))
    assert made.magnitudes[:, 0, :4].tolist() == [[1, 1, 2, 2], [2, 3, 4, 4]]
    assert scale_and_shift(np.array([1.0, 2.0]), np.array([5.0])).magnitudes.shape == (
        2,
        1,
        12,
    )


def test_too_many():
    with pytest.raises(ValueError, match="`summands` must have 1 to 11 channels"):
        scale_and_shift(1.0, np.zeros(12))
