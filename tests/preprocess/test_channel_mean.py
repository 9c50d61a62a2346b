import numpy as np
import pytest

from trainwell.core.errors import DataError
from trainwell.preprocess import fit_channel_mean


def test_by_hand():
    images = [np.array([[[0, 255], [51, 255]]], np.uint8)]
    how = fit_channel_mean(images, channels=2)
    assert how.mean == pytest.approx((0.1, 1.0))
    assert how.std == (1.0, 1.0)


def test_every_pixel_counts_once_whatever_the_size():
    rng = np.random.default_rng(0)
    images = [rng.integers(0, 256, (h, 3, 3), np.uint8) for h in (1, 5, 2)]
    rows = np.concatenate([x.reshape(-1, 3) for x in images]) / 255
    assert fit_channel_mean(images, channels=3).mean == pytest.approx(rows.mean(0))


def test_messages():
    with pytest.raises(DataError, match="at least one pixel"):
        fit_channel_mean([], channels=3)
