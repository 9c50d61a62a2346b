"""PCA colour shift: AlexNet's sum, written out."""

import numpy as np

from trainwell.augment.ops import pca_color_shift

VECTORS = np.array([[0.6, 0.0, 0.8], [0.8, 0.0, -0.6], [0.0, 1.0, 0.0]])
VALUES = np.array([0.2, 0.02, 0.005])


def test_one_direction_by_hand(seen):
    image = np.full((1, 1, 3), 100, np.uint8)
    made = pca_color_shift(
        np.array([[0.5, 0.0, 0.0]]), eigenvectors=VECTORS, eigenvalues=VALUES
    )
    # 255 * 0.5 * 0.2 = 25.5 along (0.6, 0.8, 0): 15.3 and 20.4
    assert seen(image, made).tolist() == [[[115, 120, 100]]]


def test_the_sum_over_directions():
    samples = np.random.default_rng(0).normal(0, 0.1, (4, 3))
    made = pca_color_shift(samples, eigenvectors=VECTORS, eigenvalues=VALUES)
    for i in range(4):
        expected = sum(VECTORS[:, k] * samples[i, k] * VALUES[k] for k in range(3))
        np.testing.assert_allclose(made.magnitudes[i, 0, 1:4], 255 * expected)
    np.testing.assert_array_equal(made.magnitudes[:, 0, 0], 1)


def test_no_draw_is_nothing(photos, seen):
    none = pca_color_shift(np.zeros((1, 3)), eigenvectors=VECTORS, eigenvalues=VALUES)
    np.testing.assert_array_equal(seen(photos[0], none), photos[0])
