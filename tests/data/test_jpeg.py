import numpy as np
import pytest
from PIL import Image, ImageOps

from trainwell.data import _jpeg


def test_decoding_equals_pillow_on_photographs(shared_data):
    for path in sorted((shared_data / "clothing/test").glob("*/*"))[::23]:
        got = _jpeg.decode_jpeg(path.read_bytes(), 3, None)
        np.testing.assert_array_equal(got, np.asarray(Image.open(path).convert("RGB")))


def test_reduced_decoding_is_never_below_what_is_asked(picture, encoded):
    data = encoded(picture(0, 333, 200), "JPEG")
    for short_side in (1, 24, 25, 26, 99, 100, 101, 199):
        image = _jpeg.decode_jpeg(data, 3, short_side)
        assert min(image.shape[:2]) >= short_side
    assert _jpeg.decode_jpeg(data, 3, 25).shape == (42, 25, 3)


@pytest.mark.parametrize("tag", range(1, 9))
def test_upright_equals_pillow(tag, picture):
    image = picture(3, 5, 7)
    exif = Image.Exif()
    exif[274] = tag
    stored = Image.fromarray(image)
    stored.getexif()[274] = tag
    want = np.asarray(ImageOps.exif_transpose(stored))
    np.testing.assert_array_equal(_jpeg.upright(image, tag), want)


@pytest.mark.parametrize("tag", [1, 3, 6, 8])
def test_orientation_is_read(tag, picture, encoded):
    exif = Image.Exif()
    exif[274] = tag
    assert _jpeg.orientation(encoded(picture(0), "JPEG", exif=exif)) == tag


def test_orientation_without_or_with_broken_exif_is_1(picture, encoded):
    exif = Image.Exif()
    exif[274] = 6
    data = encoded(picture(0), "JPEG", exif=exif)
    assert _jpeg.orientation(encoded(picture(0), "JPEG")) == 1
    assert _jpeg.orientation(data.replace(b"Exif\0\0MM", b"Exif\0\0XX")) == 1
    exif[274] = 77
    assert _jpeg.orientation(encoded(picture(0), "JPEG", exif=exif)) == 1


def test_what_it_cannot_decode_is_none(picture, encoded):
    cmyk = encoded(Image.fromarray(picture(0)).convert("CMYK"), "JPEG")
    assert _jpeg.header(cmyk) is None
    assert _jpeg.decode_jpeg(cmyk, 3, None) is None
    assert _jpeg.decode_jpeg(encoded(picture(0), "JPEG")[:-40], 3, None) is None
    assert _jpeg.decode_jpeg(b"\xff\xd8\xffnothing", 3, None) is None
