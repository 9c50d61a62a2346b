import numpy as np
import pytest
from PIL import Image

from trainwell.core.errors import DataError
from trainwell.data import _pillow


def _pixels(image: Image.Image, channels: int) -> np.ndarray:
    return _pillow.pillow_pixels(image, channels)


def test_alpha_is_composited_over_white():
    image = Image.new("RGBA", (1, 1), (100, 0, 200, 51))  # alpha 0.2
    np.testing.assert_array_equal(_pixels(image, 3), [[[224, 204, 244]]])
    image = Image.new("LA", (1, 1), (0, 0))
    np.testing.assert_array_equal(_pixels(image, 1), [[[255]]])


def test_transparent_palette_entries_become_white():
    image = Image.new("P", (2, 1))
    image.putpalette([10, 20, 30, 40, 50, 60])
    image.putpixel((1, 0), 1)
    image.info["transparency"] = 0
    np.testing.assert_array_equal(_pixels(image, 3), [[[255] * 3, [40, 50, 60]]])


def test_sixteen_bits_are_scaled():
    values = np.array([[0, 128, 129, 257, 32768, 65535]], np.uint16)
    got = _pixels(Image.fromarray(values), 1)
    np.testing.assert_array_equal(got[0, :, 0], [0, 0, 1, 1, 128, 255])


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "CMYK", "YCbCr", "HSV", "LAB"])
def test_other_modes_convert_as_pillow_does(mode, picture):
    image = Image.fromarray(picture(0)).convert("L" if mode == "1" else "RGB")
    image = Image.merge("LAB", image.split()) if mode == "LAB" else image.convert(mode)
    np.testing.assert_array_equal(_pixels(image, 3), np.asarray(image.convert("RGB")))


def test_modes_without_a_range_are_refused():
    with pytest.raises(DataError, match="floating-point"):
        _pixels(Image.new("F", (2, 2)), 1)
    with pytest.raises(DataError, match="32-bit"):
        _pixels(Image.new("I", (2, 2), 70000), 1)
    with pytest.raises(DataError, match="32-bit"):
        _pixels(Image.new("I", (2, 2), -1), 1)


def test_formats_that_run_programs_are_not_opened():
    eps = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\nshowpage\n"
    with pytest.raises(Image.UnidentifiedImageError):
        _pillow.open_image(eps)
    assert ".eps" not in _pillow.extensions()
    assert {".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".webp"} <= (
        _pillow.extensions()
    )


def test_a_header_is_refused_wherever_it_is_opened():
    head = b"P6 30000 10000 255\n" + bytes(10)
    with pytest.raises(
        DataError, match="it declares 30000.*0 pixels, more than the limi"
    ):
        _pillow.open_image(head)
    with pytest.raises(
        DataError, match="it declares 200000 x 5 pixels, more .* 100000 pix"
    ):
        _pillow.open_image(b"P6 200000 5 255\n" + bytes(10))
