import numpy as np
import pytest

from trainwell.data import _scan_cache
from trainwell.data._probe import Probe


def _probe(key: int = 2**64 - 1, thumb: bytes = b"\0" * 72) -> Probe:
    return Probe(key, 3, 2**31 - 1, "I;16", True, thumb)


def test_round_trip(tmp_path):
    seen = {
        ("/a b/é.png", 1, 2**62, 2**61, 2**64 - 1): _probe(),
        ("/bad\udcff", 0, 0, 0, 0): _probe(0, bytes(range(72))),
        ("/zeros at the end", 5, 5, 5, 5): _probe(1, b"\1" * 70 + b"\0\0"),
    }
    _scan_cache.save(tmp_path, {}, seen)
    assert _scan_cache.load(tmp_path) == seen
    assert _scan_cache.load(tmp_path / "other") == {}


def test_a_path_seen_anew_replaces_its_old_entry_and_others_stay(tmp_path):
    old = {("/a", 1, 1, 0, 0): _probe(1), ("/b", 1, 1, 0, 0): _probe(2)}
    _scan_cache.save(tmp_path, old, {("/a", 2, 2, 0, 0): _probe(3)})
    assert _scan_cache.load(tmp_path) == {
        ("/a", 2, 2, 0, 0): _probe(3),
        ("/b", 1, 1, 0, 0): _probe(2),
    }


def _file() -> "object":
    (file,) = (_scan_cache.folder() / "scans").iterdir()
    return file


@pytest.mark.parametrize("damage", ["cut", "text", "pickle", "version"])
def test_damaged_files_are_ignored(damage, tmp_path):
    _scan_cache.save(tmp_path, {}, {("/a", 1, 1, 0, 0): _probe()})
    file = _file()
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:-30])
    elif damage == "text":
        file.write_text("hello")
    elif damage == "pickle":
        with np.load(file) as stored:
            columns = dict(stored) | {"size": np.array([object()])}
        np.savez(file, **columns)
    else:
        with np.load(file) as stored:
            columns = dict(stored) | {"version": np.int64(-1)}
        np.savez(file, **columns)
    assert _scan_cache.load(tmp_path) == {}


def test_no_temporary_files_stay_and_an_unwritable_place_is_no_error(
    tmp_path, monkeypatch
):
    _scan_cache.save(tmp_path, {}, {("/a", 1, 1, 0, 0): _probe()})
    assert _file().suffix == ".npz"
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    _scan_cache.save(tmp_path, {}, {("/a", 1, 1, 0, 0): _probe()})
    assert _scan_cache.load(tmp_path) == {}


def test_stamps(tmp_path):
    (tmp_path / "a").write_text("abc")
    stamp, missing = _scan_cache.stamps([tmp_path / "a", tmp_path / "b"])
    state = (tmp_path / "a").stat()
    times = (state.st_mtime_ns, state.st_ctime_ns)
    assert stamp == (str(tmp_path / "a"), 3, *times, state.st_ino)
    assert missing is None


def test_a_file_of_the_present_tick_may_still_change():
    assert not _scan_cache.is_settled(("/a", 1, 0, 10**9, 0), 10**9 + 10**6)
    assert _scan_cache.is_settled(("/a", 1, 0, 10**9, 0), 2 * 10**9)
