"""Cutout: the square by hand, and hanging over the border."""

import numpy as np

from trainwell.augment.ops import cutout


def test_by_hand(seen):
    image = np.full((8, 8, 3), 200, np.uint8)
    ours = seen(image, cutout(0.5, 0.25, 0.25))
    hidden = np.zeros((8, 8), bool)
    hidden[1:3, 3:5] = True
    assert (ours[hidden] == 128).all()
    assert (ours[~hidden] == 200).all()


def test_hangs_over_the_border(seen):
    image = np.full((8, 8, 3), 200, np.uint8)
    ours = seen(image, cutout(1.0, 0.0, 0.5, color=np.array([1.0, 2.0, 3.0])))
    assert (ours[:2, 6:] == [1, 2, 3]).all()
    assert (ours != 200).any(2).sum() == 4


def test_it_is_a_square_of_the_shorter_side(seen):
    image = np.full((8, 16, 3), 200, np.uint8)
    ours = seen(image, cutout(0.5, 0.5, 0.5, size=(8, 16)))
    hidden = np.zeros((8, 16), bool)
    hidden[2:6, 6:10] = True
    np.testing.assert_array_equal((ours == 128).all(2), hidden)


def test_of_many_samples():
    made = cutout(np.array([0.1, 0.9]), np.array([0.5, 0.5]), 0.4)
    np.testing.assert_allclose(
        made.magnitudes[:, 0, :4], [[-0.1, 0.3, 0.3, 0.7], [0.7, 0.3, 1.1, 0.7]]
    )
