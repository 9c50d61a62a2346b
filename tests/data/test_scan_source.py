"""The mangled folder: 200 broken or odd files among 1,000 good ones."""

import dataclasses
import json
import struct

import numpy as np
import pytest
from PIL import Image

from trainwell.core.errors import DataError
from trainwell.data import load, open_store


def _broken(good: bytes, jpeg: bytes) -> list[bytes]:
    """Twenty kinds of files that must be refused."""
    bomb = bytearray(good)
    bomb[16:24] = struct.pack(">II", 60000, 60000)
    size = bytearray(jpeg)
    start = size.index(b"\xff\xc0")
    size[start + 5 : start + 9] = struct.pack(">HH", 65500, 65500)
    return [
        b"",
        b"\0",
        bytes(1000),
        b"text, not an image\n" * 9,
        b"<html><body>404 Not Found</body></html>",
        b"GIF89a",
        b"BM" + bytes(20),
        b"II*\0" + bytes(20),
        b"RIFF\x10\0\0\0WEBPVP8 ",
        b"\xff\xd8\xff",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"%PDF-1.4\n",
        good[:9],
        good[:33],
        good[: len(good) // 2],
        jpeg[: len(jpeg) // 2],
        jpeg[:20],
        good[:50] + bytes(len(good) - 50),
        bytes(bomb),
        bytes(size),
    ]


@pytest.fixture
def mangled(tmp_path, picture, encoded):
    """Return the root, the names of bad files in order, and the count of good ones."""
    good, odd = 0, []
    for k, name in enumerate(("ant", "bee", "cat", "dog")):
        (tmp_path / name).mkdir()
        for i in range(250):
            data = encoded(picture(1000 * k + i, 12, 10), "JPEG" if i % 2 else "PNG")
            suffix = (".png", ".jpg", ".bmp")[i % 3]  # often not what it is
            (tmp_path / name / f"{i}{suffix}").write_bytes(data)
            good += 1
    image = Image.fromarray(picture(7, 40, 30))
    odd = [
        encoded(image.convert("CMYK"), "JPEG"),
        encoded(image.convert("P"), "GIF", save_all=True, append_images=[image]),
        encoded(image.convert("RGBA"), "PNG"),
        encoded(image.convert("LA"), "PNG"),
        encoded(image.convert("1"), "PNG"),
        encoded(Image.fromarray(np.full((9, 9), 40000, np.uint16)), "PNG"),
        encoded(image, "WEBP"),
        encoded(image, "TIFF"),
        encoded(Image.new("RGB", (1, 1)), "PNG"),
        encoded(Image.new("RGB", (900, 1)), "PNG"),
    ]
    for i in range(60):
        (tmp_path / "dog" / f"odd{i}.png").write_bytes(odd[i % len(odd)])
    broken = _broken(encoded(image, "PNG"), encoded(image, "JPEG"))
    bad = []
    for i in range(140):
        name = f"{('cat', 'ant')[i // 70]}/bad{i}.jpg"
        (tmp_path / name).write_bytes(broken[i % len(broken)])
        bad.append(name)
    return tmp_path, bad[70:] + bad[:70], good + 60


def test_skip_lists_every_bad_file_and_goes_on(mangled):
    root, bad, good = mangled
    before = {p: p.read_bytes() for p in root.rglob("*") if p.is_file()}
    splits = load(root, bad_images="skip")
    assert [b.path for b in splits.audit.bad_images] == bad
    assert all(b.reason and "\n" not in b.reason for b in splits.audit.bad_images)
    parts = [splits.train, splits.val, splits.test]
    assert sum(len(part) for part in parts) == good
    assert any(w.startswith("140 bad images left out") for w in splits.audit.warnings)
    json.dumps(dataclasses.asdict(splits.audit))
    for part in parts:
        store = open_store(part, short_side=8, memory_limit=1 << 30, threads=2)
        assert len(store) == len(part)
    assert {p: p.read_bytes() for p in root.rglob("*") if p.is_file()} == before


def test_stop_names_the_first(mangled):
    root, bad, _ = mangled
    with pytest.raises(DataError) as caught:
        load(root)
    message = str(caught.value)
    assert message.startswith(f"cannot use {bad[0]}: ")
    assert "(139 more files are bad)" in message
    assert "data.bad_images=skip" in message


def test_one_bad_file(class_folders, tmp_path):
    root = class_folders("a", "b")
    (tmp_path / "b/2.png").write_bytes(b"")
    with pytest.raises(DataError) as caught:
        load(root)
    assert str(caught.value) == (
        "cannot use b/2.png: the file is empty. Repair or remove it, or skip such files: "
        "data.bad_images=skip in a recipe, `bad_images` (`--bad-images skip`) elsewhere."
    )


def test_the_training_split_comes_first(class_folders, tmp_path):
    class_folders("train/a", "train/b", "test/a", count=2)
    (tmp_path / "test/a/0.png").write_bytes(b"")
    (tmp_path / "train/b/1.png").write_bytes(b"")
    with pytest.raises(DataError, match=r"cannot use train/b/1\.png"):
        load(tmp_path)


def test_a_split_of_bad_images_only(class_folders, tmp_path):
    class_folders("train/a", "train/b", "val/a", count=1)
    (tmp_path / "val/a/0.png").write_bytes(b"")
    with pytest.raises(DataError, match="has no usable images in val"):
        load(tmp_path, bad_images="skip")


def test_other_policies_are_refused(class_folders):
    with pytest.raises(ValueError, match="must be one of stop, skip; got 'ignore'"):
        load(class_folders("a", "b"), bad_images="ignore")
