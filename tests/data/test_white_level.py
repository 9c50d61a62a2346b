import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from trainwell.data import decode, load, load_labelled, open_store
from trainwell.data._probe import probe
from trainwell.data._white_level import FULL_RANGE, Levels, level_of


@pytest.mark.parametrize(
    ("peak", "level"),
    [(0, 65535), (1, 255), (255, 255), (256, 511), (4080, 4095), (4096, 8191),
     (32768, 65535), (65535, 65535)],
)  # fmt: skip
def test_the_level_is_the_smallest_that_holds_the_peak(peak, level):
    assert level_of(peak) == level


def test_every_value_is_rounded_as_in_exact_arithmetic(tmp_path):
    values = np.arange(65536).astype(np.uint16).reshape(256, 256)
    Image.fromarray(values).save(tmp_path / "all.png")
    for level in (255, 4095, 16383, FULL_RANGE):
        found = decode(tmp_path / "all.png", channels=1, white_level=level)[..., 0]
        exact = np.floor(values.astype(float) * 255 / level + 0.5).clip(0, 255)
        assert np.array_equal(found, exact), level
    whole = decode(tmp_path / "all.png", channels=1)[..., 0]
    assert np.array_equal(whole, (values.astype(int) + 128) // 257)


def photos(root, factor, suffix, dark=1):
    draw = np.random.default_rng(3)
    for name in ("cat", "dog"):
        folder = root / name
        folder.mkdir(parents=True)
        for i in range(20):
            grey = draw.integers(0, 256, (8, 8)).astype(np.uint16)
            grey[0, 0] = 255
            image = Image.fromarray(grey * factor // (dark if name == "cat" else 1))
            image.save(folder / f"{i}.{suffix}")
    return root


@pytest.mark.parametrize("suffix", ["png", "tif"])
def test_one_stretch_holds_for_the_whole_set(tmp_path, suffix):
    source = photos(tmp_path / "photos", 16, suffix, dark=4)
    splits = load(str(source))
    assert splits.levels.white == 4095
    (note,) = splits.audit.notes
    assert note == (
        "16-bit images use 0 to 4,080 of 65,535: read as 12 bits, white is 4,095 "
        "in every image."
    )
    dark = [i for i, t in enumerate(splits.train.targets) if t == 0]
    assert max(splits.train.sample(i)[0].max() for i in dark) == round(
        1020 / 4095 * 255
    )
    resident, streaming = (
        open_store(splits.val, short_side=None, memory_limit=limit, threads=1)
        for limit in (2**20, 0)
    )
    for i in range(len(splits.val)):
        pack, rows = resident.fetch(np.array([i]))
        other, others = streaming.fetch(np.array([i]))
        assert np.array_equal(pack.image(rows[0]), other.image(others[0]))
        assert len(np.unique(pack.image(rows[0]))) > 16
    again = load_labelled(str(source), splits.classes, levels=Levels(4095))
    assert again.sample(0)[0].max() == round(1020 / 4095 * 255)


def test_images_that_use_all_bits_stay_as_they_are(tmp_path):
    splits = load(str(photos(tmp_path / "photos", 257, "png")))
    assert (splits.levels.white, splits.audit.notes) == (FULL_RANGE, ())
    assert splits.train.sample(0)[0][0, 0, 0] == 255


def test_the_level_is_that_of_the_training_images(tmp_path):
    photos(tmp_path / "photos" / "train", 16, "png")
    photos(tmp_path / "photos" / "val", 64, "png")
    splits = load(str(tmp_path / "photos"))
    assert splits.levels.white == 4095
    assert splits.val.sample(0)[0].max() == 255


def deep_png(values):
    """Return a PNG of 16 bits a channel, which Pillow does not write."""
    height, width, channels = values.shape
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in values)
    kind = {1: 0, 2: 4, 3: 2, 4: 6}[channels]
    header = struct.pack(">IIBBBBB", width, height, 16, kind, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(d)) + t + d + struct.pack(">I", zlib.crc32(t + d))
        for t, d in parts
    )


@pytest.mark.parametrize("channels", [2, 3, 4])
def test_colour_is_stretched_as_well(channels):
    values = np.full((2, 2, channels), 4095)
    if channels in (2, 4):
        values[..., -1] = 65535  # opaque
    file = deep_png(values)
    assert probe(file).peak == 257 * 15
    assert set(decode(file, channels=3, white_level=4095).ravel()) == {240}
    assert set(decode(file, channels=3).ravel()) == {15}
    full = deep_png(np.where(values == 4095, 65535, values))
    assert probe(full).peak == 65535


def test_extra_training_images_count(tmp_path):
    first, more = photos(tmp_path / "a", 16, "png"), photos(tmp_path / "b", 64, "png")
    splits = load(str(first), extra=str(more))
    assert splits.levels.white == 16383
    assert splits.train.sample(0)[0].max() == 64
