"""Colour matrix: the product, Pillow's conversion, and swapped channels."""

import numpy as np
import pytest

from trainwell.augment.ops import color_matrix

SWAP = np.array([[0.0, 0, 1, 0], [0, 1, 0, 0], [1, 0, 0, 0]])


def test_swapped_channels(photos, seen):
    ours = seen(photos[0], color_matrix(SWAP))
    np.testing.assert_array_equal(ours, photos[0][..., ::-1])


def test_near_pillow(difference, photos):
    matrix = np.array(
        [[0.913, 0.2, -0.1, 0.05], [0.1, 0.717, 0.3, -0.02], [-0.2, 0.1, 1.219, 0.01]]
    )
    in_levels = (matrix * [1, 1, 1, 255]).ravel().tolist()
    distances = difference(
        color_matrix(matrix), lambda p: p.convert("RGB", in_levels), photos
    )
    assert distances.max() <= 1  # Pillow computes in float32: halves may go either way
    assert (distances > 0).mean() < 5e-3


def test_other_than_three_channels_stay(seen):
    image = np.random.default_rng(0).integers(0, 256, (4, 4, 1), dtype=np.uint8)
    np.testing.assert_array_equal(seen(image, color_matrix(SWAP)), image)


def test_wrong_shape():
    with pytest.raises(ValueError, match=r"`matrix` must have shape \(n, 3, 4\)"):
        color_matrix(np.eye(3))
    assert color_matrix(np.stack([SWAP, SWAP])).magnitudes.shape == (2, 1, 12)
