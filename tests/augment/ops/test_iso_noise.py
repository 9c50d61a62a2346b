"""ISO noise: the share of variance that the channels have in common."""

import numpy as np
import pytest

from trainwell.augment.ops import iso_noise

KEY = np.array([7], np.uint64)


def noise(seen, brightness, color):
    image = np.full((100, 100, 3), 128, np.uint8)
    return (seen(image, iso_noise(brightness, color, KEY)) - 128.0).reshape(-1, 3)


def test_brightness_alone_moves_channels_together(seen):
    drawn = noise(seen, 0.1, 0.0)
    assert (drawn == drawn[:, :1]).all()
    assert drawn[:, 0].std() == pytest.approx(25.5, rel=0.03)  # 1 / sqrt(2 * 10,000)


def test_correlation_of_channels(seen):
    drawn = noise(seen, 0.08, 0.06)
    assert drawn.std() == pytest.approx(25.5, rel=0.03)  # 0.1 of 255
    between = np.corrcoef(drawn.T)[np.triu_indices(3, 1)]
    assert np.abs(between - 0.64).max() < 0.03  # 0.08^2 / 0.1^2


def test_any_number_of_channels(seen):
    image = np.full((50, 50, 5), 128, np.uint8)
    drawn = (seen(image, iso_noise(0.0, 0.1, KEY)) - 128.0).reshape(-1, 5)
    assert np.abs(np.corrcoef(drawn.T) - np.eye(5)).max() < 0.09
