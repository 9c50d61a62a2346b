import numpy as np

from trainwell.augment import ops
from trainwell.augment.policies import _makers as makers

N = np.ones(3)


def test_a_square_keeps_its_shape_on_any_canvas():
    made = makers.cutout(0.5 * N, 0.5 * N, 0.5 * N, size=(50, 100))
    x0, y0, x1, y1 = made.magnitudes[0, 0, :4]
    assert (x1 - x0) * 100 == (y1 - y0) * 50 == 25
    assert makers.cutout(N, N, N, size=1, color=9 * N).magnitudes[0, 0, 4] == 9


def test_a_rectangle_has_its_area_and_its_ratio_in_pixels():
    made = makers.erase(0.2 * N, 0.5 * N, np.array([0, 0.5, 1]), 0.3 * N, size=(40, 80))
    x0, y0, x1, y1 = made.magnitudes[:, 0, :4].T
    np.testing.assert_allclose((x1 - x0) * (y1 - y0), 0.2)
    np.testing.assert_allclose((x1 - x0) * 80 / ((y1 - y0) * 40), 0.5)
    np.testing.assert_allclose([x0[0], x0[1] + x1[1], x1[2]], [0, 1, 1])
    assert (y0 >= 0).all()
    assert (y1 <= 1).all()


def test_a_rectangle_that_does_not_fit_is_cut():
    box = makers.erase(0.5 * N, 100 * N, 0.3 * N, 0.3 * N, size=1).magnitudes[0, 0, :4]
    assert box[0] == 0
    assert box[2] == 1


def test_keys_differ_where_chances_do():
    chance = np.array([[0.1], [0.2], [0.1]])
    keys = makers.gaussian_noise(N, chance).magnitudes[:, 0, 2]
    assert keys[0] == keys[2] != keys[1]
    np.testing.assert_array_equal(
        keys, makers.iso_noise(N, N, chance).magnitudes[:, 0, 2]
    )


def test_the_colour_shift_is_normal_along_the_directions():
    u = np.random.default_rng(0).uniform(size=(20_000, 3))
    made = makers.pca_color_shift(np.full(20_000, 0.1), u)
    shifts = made.magnitudes[:, 0, 1:4] / 255
    along = shifts @ makers.IMAGENET_EIGENVECTORS
    np.testing.assert_allclose(
        along.std(0), 0.1 * makers.IMAGENET_EIGENVALUES, rtol=0.03
    )
    np.testing.assert_allclose(
        makers.IMAGENET_EIGENVECTORS.T @ makers.IMAGENET_EIGENVECTORS,
        np.eye(3),
        atol=1e-3,
    )


def test_the_rest_by_name():
    entries = dict(zip(makers.ENTRIES, np.arange(12.0)[:, None] * N, strict=True))
    expected = ops.color_matrix(np.arange(12.0).reshape(3, 4)).magnitudes
    np.testing.assert_array_equal(
        makers.color_matrix(**entries).magnitudes[:1], expected
    )
    shifted = makers.scale_and_shift(2 * N, 5 * N, 6 * N, 7 * N).magnitudes[0, 0, :5]
    assert shifted.tolist() == [2, 5, 6, 7, 7]
    assert makers.gaussian_blur(N, 5 * N).magnitudes[0, 0, :2].tolist() == [1, 2]
    assert makers.gaussian_blur(N).magnitudes[0, 0, :2].tolist() == [1, 3]
    np.testing.assert_array_equal(
        makers.rotate90(3 * N).magnitudes[:1], ops.rotate90(3).magnitudes
    )
    assert not makers.identity(4).op_codes.any()
