import numpy as np
from PIL import ImageOps

from trainwell.augment.ops import flip, horizontal_flip

WINDOWS = np.array([[0.1, 0.2, 0.7, 0.9], [0.0, 0.0, 1.0, 1.0]])


def test_flips_only_the_asked_samples():
    flipped = horizontal_flip(WINDOWS, np.array([True, False]))
    assert flipped.tolist() == [[0.7, 0.2, 0.1, 0.9], [0, 0, 1, 1]]


def test_twice_is_the_identity():
    yes = np.array([True, True])
    twice = horizontal_flip(horizontal_flip(WINDOWS, yes), yes)
    np.testing.assert_array_equal(twice, WINDOWS)


def test_the_step_equals_pillow(difference):
    for interpolation in ("nearest", "linear"):
        assert (
            difference(flip(), ImageOps.mirror, interpolation=interpolation).max() == 0
        )


def test_step_and_window_agree(photos, seen):
    np.testing.assert_array_equal(seen(photos[0], flip()), photos[0][:, ::-1])
    assert flip(3).magnitudes.shape == (3, 1, 12)
