import contextlib
import io

import numpy as np
import pytest
import tifffile
from PIL import Image

from trainwell.core.errors import DataError
from trainwell.data import decode, load, open_store
from trainwell.data._bands import tiff_bands

DRAW = np.random.default_rng(0)


def tiff(values, **how):
    file = io.BytesIO()
    tifffile.imwrite(file, values, **how)
    return file.getvalue()


def noise(*shape, high=256, dtype=np.uint8):
    return DRAW.integers(0, high, shape).astype(dtype)


def interleaved(values, **how):
    return tiff(values, photometric="minisblack", planarconfig="contig", **how)


@pytest.mark.parametrize("bands", [2, 4, 5, 13])
@pytest.mark.parametrize("compression", [None, "zlib", "lzw"])
def test_bands_are_read_as_they_are(bands, compression):
    values = noise(8, 10, bands)
    data = interleaved(values, compression=compression)
    np.testing.assert_array_equal(decode(data, channels=bands), values)


def test_bands_one_after_the_other_and_on_pages_of_their_own():
    values = noise(5, 8, 10)
    apart = tiff(values, photometric="minisblack", planarconfig="separate")
    pages = tiff(values, imagej=True, metadata={"axes": "CYX"})
    depth = tiff(np.stack([values, 0 * values]), imagej=True,
                 metadata={"axes": "ZCYX"})  # fmt: skip
    for data in (apart, pages, depth):
        found = decode(data, channels=5)
        np.testing.assert_array_equal(found, values.transpose(1, 2, 0))


def test_16_bits_are_scaled_by_one_level():
    values = noise(8, 10, 6, high=4096, dtype=np.uint16)
    found = decode(interleaved(values), channels=6, white_level=4095)
    exact = np.floor(values.astype(float) * 255 / 4095 + 0.5)
    np.testing.assert_array_equal(found, exact)


def test_all_16_bits_are_kept_where_asked():
    values = noise(8, 10, 6, high=65536, dtype=np.uint16)
    found = decode(interleaved(values), channels=6, bits=16)
    assert found.dtype == np.uint16
    np.testing.assert_array_equal(found, values)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_is_that_of_the_same_picture_in_colour(orientation):
    values = noise(8, 10, 5)
    tag = [(274, "H", 1, orientation, True)]
    many = decode(interleaved(values, extratags=tag), channels=5)
    color = tiff(values[..., :3], photometric="rgb", extratags=tag)
    np.testing.assert_array_equal(many[..., :3], decode(color, channels=3))


def test_a_fourth_band_is_left_out_where_colour_is_read():
    values = noise(8, 10, 4)
    infrared = tiff(values, photometric="rgb", extrasamples=["unspecified"])
    np.testing.assert_array_equal(decode(infrared, channels=4), values)
    np.testing.assert_array_equal(decode(infrared, channels=3), values[..., :3])


def test_pictures_are_left_to_pillow():
    grey, color = noise(8, 10), noise(8, 10, 4)
    transparent = tiff(color, photometric="rgb", extrasamples=["unassalpha"])
    pages = tiff(noise(3, 8, 10), photometric="minisblack")
    palette = io.BytesIO()
    Image.fromarray(color[..., :3]).quantize(8).save(palette, "TIFF")
    for data in (tiff(grey), transparent, pages, palette.getvalue(), b"II*\x00"[:3]):
        assert tiff_bands(data) is None


def test_bands_without_a_stated_range_and_too_many_are_refused():
    values = DRAW.random((8, 10, 5), np.float32)
    with pytest.raises(DataError, match="bands of float32 have no stated range"):
        decode(interleaved(values), channels=5)
    with pytest.raises(DataError, match="has 65 bands, more than the limit of 64"):
        decode(interleaved(noise(4, 4, 65)), channels=64)
    with pytest.raises(DataError, match="5 channels and 3 are read; data.channels=5"):
        decode(interleaved(noise(4, 4, 5)), channels=3)


def test_the_limit_of_a_side_is_that_of_rows_whatever_the_bands():
    values = noise(7700, 2, 13)
    np.testing.assert_array_equal(decode(interleaved(values), channels=13), values)


def declared(data, side):
    """Return a TIFF that says that it has other sides."""
    data = bytearray(data)
    with tifffile.TiffFile(io.BytesIO(data)) as file:
        tags = file.pages.first.tags
        places = [(tags[n].valueoffset, tags[n].dtype) for n in (256, 257)]
    for at, kind in places:
        size = 4 if kind == 4 else 2
        data[at : at + size] = side.to_bytes(size, "little")
    return bytes(data)


def test_a_bomb_of_bands_is_refused_before_memory_is_taken():
    data = interleaved(noise(4, 4, 60))
    with pytest.raises(DataError, match="60000 x 60000 pixels, more than the limit"):
        decode(declared(data, 60_000), channels=60)
    message = "5000 x 5000 pixels of 60 bands, more than the limit of 1000 million"
    with pytest.raises(DataError, match=message):
        decode(declared(data, 5000), channels=60)


def test_damage_is_a_data_error():
    data = interleaved(noise(16, 16, 5), compression="zlib")
    for seed in range(300):
        broken, draw = bytearray(data), np.random.default_rng(seed)
        for at in draw.integers(4, len(data), 3):
            broken[at] = draw.integers(256)
        cut = draw.integers(20, len(data) + 1)
        with contextlib.suppress(DataError):
            decode(bytes(broken[:cut]), channels=5)


@pytest.fixture
def folder(tmp_path):
    """Two classes that differ in the fifth band alone."""
    for name, level in (("crop", 40), ("water", 200)):
        (tmp_path / name).mkdir()
        for i in range(8):
            values = noise(12, 12, 6)
            values[..., 4] = level
            (tmp_path / name / f"{i}.tif").write_bytes(interleaved(values))
    return tmp_path


def test_a_folder_of_them_has_as_many_channels(folder):
    splits = load(folder)
    assert (splits.channels, splits.audit.modes) == (6, {"6 channels": 16})
    store = open_store(splits.train, short_side=None, memory_limit=10**6, threads=1)
    pack, rows = store.fetch(np.arange(len(splits.train)))
    levels = [pack.image(row)[0, 0, 4] for row in rows]
    assert levels == [(40, 200)[t] for t in splits.train.targets]


def test_a_picture_among_them_is_named(folder):
    Image.new("RGB", (12, 12)).save(folder / "crop" / "photo.png")
    with pytest.raises(DataError, match=r"cannot use crop/\d\.tif: it has 6 channels"):
        load(folder)
    with pytest.raises(DataError, match=r"crop/photo\.png: it has 3 channels and 6"):
        load(folder, channels=6)


def test_transparency_is_a_channel_where_four_are_asked_for(tmp_path):
    values = noise(6, 7, 4)
    for name in "ab":
        (tmp_path / name).mkdir()
        for i in range(6):
            Image.fromarray(values + np.uint8(i)).save(tmp_path / name / f"{i}.png")
    file = (tmp_path / "a" / "0.png").read_bytes()
    np.testing.assert_array_equal(decode(file, channels=4), values)
    assert load(tmp_path).channels == 3
    assert load(tmp_path, channels=4).channels == 4


def test_bands_that_are_alike_are_no_grey(tmp_path):
    for name, level in (("dark", 40), ("light", 200)):
        (tmp_path / name).mkdir()
        for i in range(6):
            values = np.full((9, 9, 5), level + i, np.uint8)
            (tmp_path / name / f"{i}.tif").write_bytes(interleaved(values))
    assert load(tmp_path).channels == 5
