"""Gaussian blur: torchvision's, SciPy's, and its limits."""

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from trainwell.augment.ops import gaussian_blur


@pytest.mark.parametrize(("sigma", "size"), [(0.5, 3), (1.0, 5), (2.0, 7), (3.0, 23)])
def test_near_torchvision(difference, photos, torchvision, of_tensors, sigma, size):
    theirs = of_tensors(lambda x: torchvision.gaussian_blur(x, [size] * 2, [sigma] * 2))
    distances = difference(gaussian_blur(sigma, size), theirs, photos)
    assert distances.max() <= 1
    assert (distances > 0).mean() < 1e-3  # float32 sums in another order


@pytest.mark.parametrize("channels", [1, 3, 5])
@pytest.mark.parametrize("sigma", [0.4, 1.0, 2.3])
def test_near_scipy(seen, channels, sigma):
    image = np.random.default_rng(0).integers(0, 256, (24, 24, channels), np.uint8)
    radius = int(np.ceil(3 * sigma))
    options = {"axes": (0, 1), "mode": "mirror", "radius": radius}
    expected = np.floor(gaussian_filter(image.astype(float), sigma, **options) + 0.5)
    assert np.abs(seen(image, gaussian_blur(sigma)) - expected).max() <= 1


def test_no_deviation_is_nothing(images, seen):
    for image in images:
        for operations in (
            gaussian_blur(0.0),
            gaussian_blur(0.0, 5),
            gaussian_blur(9.0, 1),
        ):
            np.testing.assert_array_equal(seen(image, operations), image)


def test_flat_images_stay_flat_to_the_border(seen):
    for size in (1, 2, 20):
        image = np.full((size, size, 3), 255, np.uint8)
        assert (seen(image, gaussian_blur(4.0, 31)) == 255).all()


@pytest.mark.parametrize("size", [0, 4, -1])
def test_wrong_sizes(size):
    with pytest.raises(ValueError, match="`size` must be odd and positive"):
        gaussian_blur(1.0, size)
