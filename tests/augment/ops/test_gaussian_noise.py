"""Gaussian noise: its distribution, and that it depends on key and place alone."""

import numpy as np
from scipy.stats import kstest

from trainwell.augment.ops import gaussian_noise

KEYS = np.array([2**63 + 5, 12], np.uint64)


def noise(seen, deviation, key, size=100):
    image = np.full((size, size, 3), 128, np.uint8)
    return seen(image, gaussian_noise(deviation, KEYS[key : key + 1])) - 128.0


def test_is_normal_and_independent(seen):
    drawn = noise(seen, 0.1, 0)
    count = drawn.size  # 30,000 numbers: bounds are four standard errors
    assert abs(drawn.mean()) < 4 * 25.5 / count**0.5
    assert abs(drawn.std() / 25.5 - 1) < 4 / (2 * count) ** 0.5
    jitter = np.random.default_rng(0).uniform(-0.5, 0.5, drawn.shape)
    assert kstest((drawn + jitter).ravel() / 25.5, "norm").pvalue > 1e-3
    channels = np.corrcoef(drawn.reshape(-1, 3).T)
    assert np.abs(channels - np.eye(3)).max() < 0.04
    neighbours = np.corrcoef(drawn[:, 1:].ravel(), drawn[:, :-1].ravel())[0, 1]
    assert abs(neighbours) < 0.024


def test_same_key_same_noise(seen):
    np.testing.assert_array_equal(noise(seen, 0.1, 0), noise(seen, 0.1, 0))
    assert (
        abs(np.corrcoef(noise(seen, 0.1, 0).flat, noise(seen, 0.1, 1).flat)[0, 1])
        < 0.024
    )


def test_no_deviation_is_nothing(photos, seen):
    ours = seen(photos[0], gaussian_noise(0.0, KEYS[:1]))
    np.testing.assert_array_equal(ours, photos[0])


def test_keys_keep_53_bits():
    values = gaussian_noise(0.1, KEYS).magnitudes
    assert values[:, 0, 2].tolist() == [5, 12]
