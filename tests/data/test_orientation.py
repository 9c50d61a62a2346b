import warnings

import numpy as np
import pytest
from PIL import Image, ImageOps

from trainwell.data._orientation import stored_orientation, upright


@pytest.mark.parametrize("tag", range(1, 9))
def test_upright_equals_pillow(tag, picture):
    image = picture(3, 5, 7)
    stored = Image.fromarray(image)
    stored.getexif()[274] = tag
    want = np.asarray(ImageOps.exif_transpose(stored))
    np.testing.assert_array_equal(upright(image, tag), want)


@pytest.mark.parametrize("tag", [1, 3, 6, 8])
def test_orientation_is_read(tag, picture, encoded):
    exif = Image.Exif()
    exif[274] = tag
    assert stored_orientation(encoded(picture(0), "JPEG", exif=exif)) == tag


def test_orientation_without_or_with_broken_exif_is_1(picture, encoded):
    exif = Image.Exif()
    exif[274] = 6
    data = encoded(picture(0), "JPEG", exif=exif)
    assert stored_orientation(encoded(picture(0), "JPEG")) == 1
    assert stored_orientation(data.replace(b"Exif\0\0MM", b"Exif\0\0XX")) == 1
    exif[274] = 77
    assert stored_orientation(encoded(picture(0), "JPEG", exif=exif)) == 1


def test_cut_off_tags_are_read_in_silence():
    exif = Image.Exif()
    exif[274], exif[271] = 6, "a maker of cameras"
    body = exif.tobytes()
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        for end in range(6, len(body) + 1):
            segment = (2 + end).to_bytes(2) + body[:end]
            got = stored_orientation(b"\xff\xd8\xff\xe1" + segment)
            assert got in (1, 6)
    assert got == 6
    assert warned == []


def test_the_segment_is_found_behind_others_and_not_in_the_pixels():
    exif = Image.Exif()
    exif[274] = 8
    body = exif.tobytes()
    exif_segment = b"\xff\xe1" + (2 + len(body)).to_bytes(2) + body
    other = b"\xff\xe1\x00\x09http://"[:11]
    start, scan = b"\xff\xd8", b"\xff\xda\x00\x02"
    assert stored_orientation(start + other + exif_segment + scan) == 8
    assert stored_orientation(start + other + scan + exif_segment) == 1
    assert stored_orientation(start + exif_segment[:3]) == 1
