import io
import os
import struct
import warnings
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from trainwell.core.errors import DataError
from trainwell.data import decode, shrink
from trainwell.data._pillow import refuse_too_large
from trainwell.data._shrink import shrunk_size

KINDS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "PPM", "TGA", "ICO")


def _sample(kind: str) -> bytes:
    rng = np.random.default_rng(5)
    coarse = Image.fromarray(rng.integers(0, 256, (6, 5, 3)).astype(np.uint8))
    stream = io.BytesIO()
    exif = Image.Exif()
    exif[274], exif[271] = 6, "a maker of cameras"
    coarse.resize((32, 40)).save(stream, kind, exif=exif)
    return stream.getvalue()


SAMPLES = {kind: _sample(kind) for kind in KINDS}
fuzzy = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def image_or_error(data: bytes) -> None:
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            image = decode(data, channels=3, short_side=16)
        except DataError as error:
            if not str(error) or "\n" in str(error):
                raise
            return
    assert warned == []
    assert image.dtype == np.uint8
    assert image.ndim == 3
    assert image.shape[2] == 3
    assert min(image.shape[:2]) <= 16


@fuzzy
@given(st.sampled_from(KINDS), st.data())
def test_truncated_anywhere(kind, data):
    whole = SAMPLES[kind]
    image_or_error(whole[: data.draw(st.integers(0, len(whole) - 1))])


@fuzzy
@given(
    st.sampled_from(KINDS),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=20),
)
def test_flipped_bytes(kind, flips):
    whole = bytearray(SAMPLES[kind])
    for place, value in flips:
        whole[int(place**2 * (len(whole) - 1))] = value  # headers more often
    image_or_error(bytes(whole))


@fuzzy
@given(st.sampled_from(KINDS), st.binary(max_size=200))
def test_signature_then_anything(kind, rest):
    image_or_error(SAMPLES[kind][:16] + rest)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "PPM"])
def test_every_truncation_of_a_picture_is_refused(kind):
    whole = SAMPLES[kind]
    for end in range(0, len(whole) - 32, 7):
        with pytest.raises(DataError):
            decode(whole[:end], channels=3)


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        end = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + end

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(bytes(64)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


def _jpeg(width: int, height: int) -> bytes:
    data = bytearray(SAMPLES["JPEG"])
    start = data.index(b"\xff\xc0")
    data[start + 5 : start + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def _gif(width: int, height: int) -> bytes:
    data = bytearray(SAMPLES["GIF"])
    data[6:10] = struct.pack("<HH", width, height)
    return bytes(data)


def _bmp(width: int, height: int) -> bytes:
    data = bytearray(SAMPLES["BMP"])
    data[18:26] = struct.pack("<ii", width, height)
    return bytes(data)


def _tiff(width: int, height: int) -> bytes:
    data = bytearray(SAMPLES["TIFF"])
    (start,) = struct.unpack_from("<I", data, 4)
    (count,) = struct.unpack_from("<H", data, start)
    for entry in range(start + 2, start + 2 + 12 * count, 12):
        (tag,) = struct.unpack_from("<H", data, entry)
        if tag in (256, 257):
            value = width if tag == 256 else height
            struct.pack_into("<HII", data, entry + 2, 4, 1, value)
    return bytes(data)


@pytest.mark.parametrize("bomb", [_png, _jpeg, _gif, _bmp, _tiff])
@pytest.mark.parametrize("size", [(60000, 60000), (65535, 4000)])
def test_bombs_of_declared_size_are_refused_in_one_line(bomb, size, limited_memory):
    with limited_memory(64), pytest.raises(DataError, match=r"pixels|decompression"):
        decode(bomb(*size), channels=3)


def test_a_hundred_megapixels_work(encoded, limited_memory):
    large = Image.new("L", (10_000, 10_000), 77)
    png, jpeg = encoded(large, "PNG", compress_level=1), encoded(large, "JPEG")
    del large
    assert (decode(png, channels=1, short_side=20) == 77).all()
    with limited_memory(16):
        assert (decode(jpeg, channels=3, short_side=20) == 77).all()


def test_what_pillow_only_warns_of_is_decoded_in_silence(picture, encoded):
    good = encoded(picture(3))
    control = b"acTL" + bytes(8)
    chunk = struct.pack(">I", 8) + control + struct.pack(">I", zlib.crc32(control))
    image_or_error(good[:33] + chunk + good[33:])
    np.testing.assert_array_equal(
        decode(good[:33] + chunk + good[33:], channels=3), picture(3)
    )


@pytest.mark.parametrize("bomb", [_png, _jpeg, _gif, _bmp, _tiff])
def test_one_limit_in_our_own_words_for_all_formats(bomb):
    with pytest.raises(DataError, match="declares .* more than the limit of 250 mega"):
        decode(bomb(25000, 10001), channels=3)
    refuse_too_large(10000, 25000)


def test_a_long_row_is_refused():
    with pytest.raises(DataError, match="3300000 pixels, more .* 100000 pixels a"):
        decode(_tiff(3_300_000, 1), channels=3)


def test_what_is_no_regular_file_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "a.png")
    with pytest.raises(DataError, match=r"a\.png: it is a pipe or a device"):
        decode(tmp_path / "a.png", channels=3)
    with pytest.raises(DataError, match="zero: it is a pipe or a device"):
        decode(Path("/dev/zero"), channels=3)
    with pytest.raises(DataError, match="it is a folder, not a regular file"):
        decode(tmp_path, channels=3)


def test_a_huge_file_is_not_read(tmp_path):
    with (tmp_path / "a.png").open("wb") as stream:
        stream.truncate(1 << 34)
    with pytest.raises(DataError, match="16.0 GiB, more than the limit of 1 GiB"):
        decode(tmp_path / "a.png", channels=3)


@pytest.mark.parametrize("kind", ["PNG", "BMP", "TIFF", "PPM", "TGA"])
def test_lossless_formats_give_back_the_pixels(kind, picture, encoded):
    image = picture(7)
    np.testing.assert_array_equal(decode(encoded(image, kind), channels=3), image)


def test_content_decides_not_the_extension(tmp_path, picture, encoded):
    path = tmp_path / "photo.jpg"
    path.write_bytes(encoded(picture(7), "PNG"))
    np.testing.assert_array_equal(decode(path, channels=3), picture(7))


def test_grey_and_colour(picture, encoded):
    colour, grey = picture(7), picture(7, channels=1)
    want = np.asarray(Image.fromarray(colour).convert("L"))[:, :, None]
    np.testing.assert_array_equal(decode(encoded(colour), channels=1), want)
    np.testing.assert_array_equal(
        decode(encoded(grey), channels=3), np.repeat(grey, 3, axis=2)
    )


def test_an_animation_gives_its_first_frame(picture, encoded):
    first, second = (Image.fromarray(picture(i, channels=1)[:, :, 0]) for i in (0, 1))
    data = encoded(first, "GIF", save_all=True, append_images=[second])
    np.testing.assert_array_equal(decode(data, channels=1), picture(0, channels=1))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("tag", range(1, 9))
def test_orientation_tags_are_applied_once(kind, tag, picture, encoded):
    exif = Image.Exif()
    exif[274] = tag
    image = picture(4, 40, 24)
    upright = decode(encoded(image, kind), channels=3)
    turned = {
        1: upright,
        2: upright[:, ::-1],
        3: upright[::-1, ::-1],
        4: upright[::-1],
        5: upright.transpose(1, 0, 2),
        6: np.rot90(upright, -1),
        7: upright[::-1, ::-1].transpose(1, 0, 2),
        8: np.rot90(upright),
    }
    got = decode(encoded(image, kind, exif=exif), channels=3)
    np.testing.assert_array_equal(got, turned[tag])


def test_cmyk_and_grey_jpegs(picture, encoded):
    image = Image.fromarray(picture(7))
    cmyk = encoded(image.convert("CMYK"), "JPEG", quality=100)
    near = np.abs(decode(cmyk, channels=3).astype(int) - picture(7))
    assert near.mean() < 3  # JPEG's own loss
    grey = encoded(image.convert("L"), "JPEG", quality=100)
    assert decode(grey, channels=1).shape == (24, 20, 1)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("size", [(213, 160), (333, 500), (101, 100), (640, 123)])
def test_short_side_gives_exactly_the_stated_size(kind, size, picture, encoded):
    data = encoded(picture(1, *size), kind)
    for short_side in (31, 64, 100, 122):
        image = decode(data, channels=3, short_side=short_side)
        assert image.shape[:2] == shrunk_size(*size, short_side)


def test_reduced_jpegs_look_like_reduced_full_ones(shared_data):
    for path in sorted((shared_data / "clothing/test").glob("*/*"))[::40]:
        quick = decode(path, channels=3, short_side=48).astype(int)
        slow = shrink(decode(path, channels=3), 48).astype(int)
        assert np.abs(quick - slow).mean() < 4  # two ways to average the same pixels


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b"hello, this is text", "not an image"),
        (b"\xff\xd8\xff", "not an image"),
    ],
)
def test_reasons(data, reason):
    with pytest.raises(DataError, match=reason):
        decode(data, channels=3)


def test_paths_are_named(tmp_path):
    with pytest.raises(DataError, match=r"cannot read .*nothing\.png: no such file"):
        decode(tmp_path / "nothing.png", channels=3)
    (tmp_path / "text.png").write_text("text")
    with pytest.raises(DataError, match=r"text\.png: not an image"):
        decode(tmp_path / "text.png", channels=3)
    with pytest.raises(DataError, match="it is a folder, not a regular file"):
        decode(tmp_path, channels=3)


def test_channels_that_the_file_has_not_are_refused():
    with pytest.raises(DataError, match="it has 3 channels and 2 are read"):
        decode(SAMPLES["PNG"], channels=2)
    with pytest.raises(DataError, match="`channels` must be 1 to 64, got 0"):
        decode(SAMPLES["PNG"], channels=0)
