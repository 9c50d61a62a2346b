"""Kernels are kept beside the package, or where this user can write."""

import numba
import pytest

from trainwell.augment.engine import _cache_place


@pytest.mark.parametrize(
    ("before", "writable", "after"),
    [("", True, ""), ("", False, "cache/kernels"), ("/mine", False, "/mine")],
)
def test_the_place(monkeypatch, tmp_path, before, writable, after):
    monkeypatch.setattr(numba.config, "CACHE_DIR", before)
    monkeypatch.setattr(_cache_place, "can_write", lambda folder: writable)
    monkeypatch.setattr(_cache_place, "cache_folder", lambda: tmp_path / "cache")
    _cache_place.keep_where_it_can_be_written()
    assert numba.config.CACHE_DIR.endswith(after)
    assert bool(numba.config.CACHE_DIR) == bool(after)
