"""The reference of noise: normal, of the requested size, a function of the key."""

import numpy as np

from trainwell.augment.ops._noise import NOISE

IMAGE = np.full((100, 100, 3), 128, np.uint8)
FILL = np.zeros(3, np.uint8)


def noisy(common, own, key):
    image = NOISE.reference(IMAGE, np.array([common, own, key] + [0.0] * 9), FILL)
    return image.astype(float) - 128


def test_own_noise_is_independent_and_has_its_std():
    added = noisy(0.0, 0.05, 3)
    count = added.size
    assert abs(added.mean()) < 5 * 0.05 * 255 / np.sqrt(count)
    assert abs(added.std() / (0.05 * 255) - 1) < 5 / np.sqrt(2 * count)
    r, g = added[..., 0].ravel(), added[..., 1].ravel()
    assert abs(np.corrcoef(r, g)[0, 1]) < 5 / np.sqrt(r.size)


def test_common_noise_is_the_same_in_all_channels():
    added = noisy(0.05, 0.0, 3)
    assert (added[..., 0] == added[..., 1]).all()


def test_the_key_decides():
    assert (noisy(0.0, 0.05, 3) == noisy(0.0, 0.05, 3)).all()
    assert (noisy(0.0, 0.05, 3) != noisy(0.0, 0.05, 4)).any()
