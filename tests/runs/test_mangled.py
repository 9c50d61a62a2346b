"""200 broken files among 1,000 real images: skipped and listed, or named at once."""

import json
import shutil
import struct
import zlib

import pytest

from trainwell.core.errors import DataError
from trainwell.runs import Quiet, train

from .conftest import SMALL


def bomb():
    """Return a PNG that declares 4 gigapixels and holds none."""
    header = struct.pack(">IIBBBBB", 65000, 65000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
    )


KINDS = {
    "truncated.png": lambda good: good[: len(good) // 2],
    "empty.jpg": lambda good: b"",
    "text.jpeg": lambda good: b"this is no image",
    "noise.webp": lambda good: bytes(range(256)) * 8,
    "bomb.png": lambda good: bomb(),
}


@pytest.fixture(scope="module")
def mangled(shared_data, tmp_path_factory):
    """Return the folder, and the 200 paths that cannot be read."""
    root, bad = tmp_path_factory.mktemp("mangled"), []
    source = shared_data / "cifar10_mini" / "train"
    for folder in sorted(source.iterdir()):
        target = root / folder.name
        target.mkdir()
        files = sorted(folder.iterdir())
        for path in files[:100]:
            shutil.copy(path, target)
        for i in range(20):
            name, mangle = list(KINDS.items())[i % 5]
            broken = target / f"{i:02d}-{name}"
            broken.write_bytes(mangle(files[100 + i].read_bytes()))
            bad.append(str(broken.relative_to(root)))
    return root, bad


def test_skip_trains_and_lists_them_all(mangled, tmp_path):
    root, bad = mangled
    before = {p: p.read_bytes() for p in root.rglob("*") if p.is_file()}
    run = train(
        root,
        "data.bad_images=skip",
        "model.name=lenet",
        "train.epochs=1",
        *SMALL,
        out=tmp_path / "run",
        reporter=Quiet(),
    )
    summary = run.summary
    assert summary["num_train"] + summary["num_val"] + summary["num_test"] == 1000
    listed = json.loads((run.path / "audit.json").read_text())["bad_images"]
    assert sorted(entry["path"] for entry in listed) == sorted(bad)
    assert all(entry["reason"] for entry in listed)
    assert {p: p.read_bytes() for p in root.rglob("*") if p.is_file()} == before
    page = (run.path / "report.html").read_text()
    assert all(path in page for path in bad[:20])


def test_stop_names_the_first(mangled, tmp_path):
    root, bad = mangled
    with pytest.raises(DataError) as caught:
        train(root, out=tmp_path / "run", reporter=Quiet())
    assert bad[0] in str(caught.value)
    assert "199 more" in str(caught.value)
    assert "data.bad_images=skip" in str(caught.value)
    assert not (tmp_path / "run").exists()
