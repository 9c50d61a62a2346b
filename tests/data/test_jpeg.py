import numpy as np
from PIL import Image

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


def test_what_it_cannot_decode_is_none(picture, encoded):
    cmyk = encoded(Image.fromarray(picture(0)).convert("CMYK"), "JPEG")
    assert _jpeg.header(cmyk) is None
    assert _jpeg.decode_jpeg(cmyk, 3, None) is None
    assert _jpeg.decode_jpeg(encoded(picture(0), "JPEG")[:-40], 3, None) is None
    assert _jpeg.decode_jpeg(b"\xff\xd8\xffnothing", 3, None) is None
