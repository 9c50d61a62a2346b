"""Statistics of the training pixels: by hand, by NumPy, and at the edges."""

import numpy as np
import pytest

from trainwell.core.errors import DataError
from trainwell.preprocess import fit_channel_standardize


def test_by_hand_over_images_of_two_sizes():
    images = [np.zeros((1, 1, 1), np.uint8), np.full((1, 3, 1), 255, np.uint8)]
    found = fit_channel_standardize(images, channels=1)
    assert found.mean == (0.75,)
    assert found.std == pytest.approx((np.sqrt(3) / 4,))


def test_matches_numpy_over_all_pixels():
    rng = np.random.default_rng(0)
    images = [rng.integers(0, 256, (5 + i, 7, 3), dtype=np.uint8) for i in range(4)]
    pixels = np.concatenate([i.reshape(-1, 3) for i in images]) / 255
    found = fit_channel_standardize(images, channels=3)
    np.testing.assert_allclose(found.mean, pixels.mean(0), rtol=1e-12)
    np.testing.assert_allclose(found.std, pixels.std(0), rtol=1e-12)


def test_a_constant_channel_is_not_divided_by_zero():
    found = fit_channel_standardize([np.full((2, 2, 1), 9, np.uint8)], channels=1)
    assert found.std == (1 / 255,)


def test_nothing_to_fit():
    with pytest.raises(DataError, match="at least one pixel"):
        fit_channel_standardize([], channels=3)
