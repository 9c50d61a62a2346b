import numpy as np
import pytest
from PIL import Image

from trainwell.data import shrink
from trainwell.data._shrink import shrunk_size


def test_shrunk_size_by_hand():
    assert shrunk_size(300, 200, 100) == (150, 100)
    assert shrunk_size(200, 301, 100) == (100, 150)
    assert shrunk_size(213, 160, 100) == (133, 100)
    assert shrunk_size(1000, 1, 1) == (1000, 1)


@pytest.mark.parametrize("size", [(100, 300), (99, 100), (1, 1)])
def test_small_images_keep_their_size(size):
    assert shrunk_size(*size, 100) == size
    assert shrunk_size(*size, None) == size


def test_an_image_that_is_small_enough_is_returned_as_it_is(picture):
    image = picture(0)
    assert shrink(image, 20) is image
    assert shrink(image, None) is image


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_shrink_keeps_channels_and_mean(channels, picture):
    image = picture(1, 120, 90, channels)
    small = shrink(image, 30)
    assert small.shape == (40, 30, channels)
    assert small.dtype == np.uint8
    assert small.flags.c_contiguous
    np.testing.assert_allclose(
        small.mean((0, 1)), image.mean((0, 1)), atol=1.5
    )  # bicubic overshoot is clipped at 0 and 255


def test_reduction_is_antialiased():
    stripes = np.zeros((128, 128, 1), np.uint8)
    stripes[:, ::2] = 255
    small = shrink(stripes, 32)
    inside = small[2:-2, 2:-2].astype(int)
    assert abs(inside - 128).max() <= 3


def test_shrink_is_the_bicubic_filter_of_pillow(picture):
    image = picture(2, 60, 50)
    want = Image.fromarray(image).resize((40, 48), Image.Resampling.BICUBIC)
    apart = np.abs(shrink(image, 40).astype(int) - np.asarray(want))
    assert apart.max() <= 2  # weights are rounded to other integers
    assert apart.mean() < 0.1


def test_a_short_side_of_zero_is_refused(picture):
    with pytest.raises(ValueError, match="`short_side` must be positive, got 0"):
        shrink(picture(0), 0)
