import numpy as np

from trainwell.augment.ops import horizontal_flip

WINDOWS = np.array([[0.1, 0.2, 0.7, 0.9], [0.0, 0.0, 1.0, 1.0]])


def test_flips_only_the_asked_samples():
    flipped = horizontal_flip(WINDOWS, np.array([True, False]))
    assert flipped.tolist() == [[0.7, 0.2, 0.1, 0.9], [0, 0, 1, 1]]


def test_twice_is_the_identity():
    yes = np.array([True, True])
    twice = horizontal_flip(horizontal_flip(WINDOWS, yes), yes)
    np.testing.assert_array_equal(twice, WINDOWS)
