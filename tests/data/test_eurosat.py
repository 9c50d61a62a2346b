import zipfile

import pytest

from trainwell.core.errors import DataError
from trainwell.data import _eurosat, load
from trainwell.data._eurosat import has_eurosat, read_eurosat
from trainwell.data._scan_cache import folder


def _zip(path, picture, encoded):
    with zipfile.ZipFile(path, "w") as packed:
        for k, name in enumerate(("AnnualCrop", "Forest", "River")):
            for i in range(5):
                data = encoded(picture(10 * k + i, 64, 64), "JPEG")
                packed.writestr(f"2750/{name}/{name}_{i}.jpg", data)
        packed.writestr("2750/notes.txt", "text")
        packed.writestr("../../outside/evil.jpg", data)
        packed.writestr("..//evil.jpg", data)


def test_the_archive_is_unpacked_once(picture, encoded, tmp_path, monkeypatch):
    _zip(tmp_path / "EuroSAT.zip", picture, encoded)
    monkeypatch.setenv("TRAINWELL_DATA", str(tmp_path))
    assert has_eurosat(tmp_path)
    source = read_eurosat(tmp_path)
    assert set(source.splits["all"].labels) == {
        "AnnualCrop", "Forest", "River", "outside",
    }  # fmt: skip
    unpacked = folder() / "datasets/eurosat/unpacked"
    outside = {p.parent.name for p in folder().rglob("evil.jpg")}
    assert outside == {"outside"}
    assert not (tmp_path / "evil.jpg").exists()
    (unpacked / "outside/evil.jpg").unlink()
    assert [p.name for p in tmp_path.iterdir()] == ["EuroSAT.zip"]
    splits = load("eurosat")
    assert splits.classes == ("AnnualCrop", "Forest", "River")
    assert splits.mirror is True
    assert len(splits.train) + len(splits.val) + len(splits.test) == 15


def test_class_folders_are_read_where_they_lie(class_folders, tmp_path):
    class_folders("AnnualCrop", "Forest", count=2)
    assert read_eurosat(tmp_path).root == tmp_path


def test_a_broken_archive_leaves_nothing_behind(tmp_path):
    (tmp_path / "EuroSAT.zip").write_bytes(b"PK nothing")
    with pytest.raises(DataError, match="cannot unpack"):
        read_eurosat(tmp_path)
    assert list((folder() / "datasets/eurosat").iterdir()) == []


def test_a_bomb_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(_eurosat, "_UNPACKED", 1 << 20)
    with zipfile.ZipFile(tmp_path / "EuroSAT.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("2750/Forest/1.jpg", bytes(1 << 21))
    with pytest.raises(DataError, match="declares 2 MiB, more than the limit of 1 MiB"):
        _eurosat.read_eurosat(tmp_path)
    assert not list(tmp_path.rglob("unpack*"))
