import numpy as np
from PIL import Image

from trainwell.data._probe import content_key, probe


def test_a_probe_tells_the_full_size_upright(picture, encoded):
    exif = Image.Exif()
    exif[274] = 6
    seen = probe(encoded(picture(0, 400, 300), "JPEG", exif=exif))
    assert (seen.height, seen.width, seen.mode, seen.grey) == (300, 400, "RGB", False)


def test_grey_is_a_matter_of_pixels_not_of_mode(picture, encoded):
    grey = picture(0, channels=1)
    for kind in ("PNG", "JPEG"):
        seen = probe(encoded(np.repeat(grey, 3, axis=2), kind))
        assert (seen.mode, seen.grey) == ("RGB", True)
    assert probe(encoded(grey)).mode == "L"
    assert not probe(encoded(picture(0))).grey


def test_the_key_is_that_of_the_bytes(picture, encoded):
    data = encoded(picture(0))
    assert probe(data).key == content_key(data)
    assert probe(data).key != probe(encoded(picture(0), compress_level=1)).key
    assert probe(data).thumb == probe(encoded(picture(0), compress_level=1)).thumb
    assert content_key(b"") == 0xE4A6A0577479B2B4
