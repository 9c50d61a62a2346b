import io

import numpy as np
import pytest
import tifffile
from PIL import Image

from trainwell.core.errors import DataError
from trainwell.data import Reading, as_image, decode, load, open_store

imagecodecs = pytest.importorskip("imagecodecs")

DRAW = np.random.default_rng(0)
COLOR = DRAW.integers(0, 65536, (6, 8, 3)).astype(np.uint16)
GREY = COLOR[..., 0].copy()


def tiff(values):
    file = io.BytesIO()
    tifffile.imwrite(file, values)
    return file.getvalue()


def png(values):
    return bytes(imagecodecs.png_encode(values))


@pytest.mark.parametrize("encode", [tiff, png])
def test_every_bit_is_kept(encode):
    found = decode(encode(COLOR), channels=3, bits=16)
    np.testing.assert_array_equal(found, COLOR)
    found = decode(encode(GREY), channels=1, bits=16)
    np.testing.assert_array_equal(found[..., 0], GREY)


@pytest.mark.parametrize("encode", [tiff, png])
def test_the_white_level_becomes_the_highest(encode):
    found = decode(encode(COLOR >> 4), channels=3, white_level=4095, bits=16)
    exact = np.floor((COLOR >> 4).astype(float) * 65535 / 4095 + 0.5)
    np.testing.assert_array_equal(found, exact)


def test_grey_is_luma_and_transparency_lies_over_white():
    luma = decode(png(COLOR), channels=1, bits=16)[..., 0]
    exact = COLOR @ np.array([19595, 38470, 7471]) / 65536
    assert np.abs(luma - exact).max() <= 0.5
    alpha = DRAW.integers(0, 65536, (6, 8, 1)).astype(np.uint16)
    found = decode(png(np.concatenate([COLOR, alpha], 2)), channels=3, bits=16)
    over = 65535 + alpha / 65535 * (COLOR.astype(float) - 65535)
    assert np.abs(found - over).max() <= 0.5


def test_8_bits_become_257_times_as_much():
    picture = (COLOR >> 8).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "PNG")
    for value in (file.getvalue(), Image.fromarray(picture), picture):
        found = as_image(value, channels=3, bits=16)
        np.testing.assert_array_equal(found, picture.astype(int) * 257)


def test_reduced_images_keep_their_bits():
    smooth = np.linspace(30000, 30255, 64 * 64).reshape(64, 64).astype(np.uint16)
    found = decode(tiff(smooth), channels=1, bits=16, short_side=16)[..., 0]
    means = smooth.reshape(16, 4, 16, 4).mean((1, 3))
    assert np.abs(found[2:-2, 2:-2] - means[2:-2, 2:-2]).max() < 2
    assert len(np.unique(found)) > 50


def folder_of(root, encode, values):
    for name, shift in (("a", 0), ("b", 100)):
        (root / name).mkdir()
        for i in range(8):
            data = encode(values + np.uint16(shift + i))
            (root / name / f"{i}.png").write_bytes(data)
    return root


def test_a_set_differs_in_bits_that_8_lose(tmp_path):
    flat = np.full((9, 9), 40000, np.uint16)
    folder = folder_of(tmp_path, png, flat)

    def levels(**how):
        splits = load(folder, **how)
        store = open_store(splits.train, short_side=None, memory_limit=9**6, threads=1)
        pack, rows = store.fetch(np.arange(len(splits.train)))
        return splits, np.array([pack.image(row)[0, 0, 0] for row in rows])

    _, shallow = levels()
    assert len(set(shallow)) == 1
    splits, deep = levels(reading=Reading(bits=16))
    np.testing.assert_array_equal(
        (deep.astype(int) - 40000) // 100, splits.train.targets
    )


def test_arrays_of_16_bits_are_read_as_files_are():
    images = DRAW.integers(0, 4096, (20, 9, 9)).astype(np.uint16)
    images[0, 0, 0] = 4095
    pair = (images, np.arange(20) % 2)
    shallow, deep = load(pair), load(pair, reading=Reading(bits=16))
    assert "read as 12 bits" in shallow.audit.notes[0]
    for splits, highest in ((shallow, 255), (deep, 65535)):
        found = splits.train.images[..., 0]
        source = images[[int(n.split("[")[1][:-1]) for n in splits.train.names]]
        exact = np.floor(source.astype(float) * highest / 4095 + 0.5)
        np.testing.assert_array_equal(found, exact)


def test_16_bits_of_what_has_8_are_refused(picture):
    images = np.stack([picture(i) for i in range(20)])
    with pytest.raises(DataError, match="`data.bits`=16 changes nothing: no training"):
        load((images, np.arange(20) % 2), reading=Reading(bits=16))
