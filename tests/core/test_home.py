"""Without a home, or with one that cannot be written, there is still a place."""

import os
import stat
from pathlib import Path

import pytest

from trainwell.core import home


@pytest.fixture
def nobody(monkeypatch, tmp_path):
    """A user whom nobody knows, without HOME."""

    def unknown():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(home.Path, "home", unknown)
    monkeypatch.setattr(home.tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_name_that_begins_with_a_tilde_is_a_name():
    assert home.expanded("~0.png") == Path("~0.png")
    assert home.expanded("~/x") == Path.home() / "x"


def test_without_a_home_the_cache_is_a_private_folder(nobody):
    folder = home.cache_folder()
    assert folder.parent == nobody
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert home.cache_folder() == folder
    assert home.home() is None


def test_a_home_that_cannot_be_written(nobody, monkeypatch):
    monkeypatch.setattr(home.Path, "home", lambda: nobody / "h")
    monkeypatch.setattr(home.os, "access", lambda *_: False)
    assert home.cache_folder().parent == nobody


def test_somebody_elses_folder_is_not_used(nobody, monkeypatch):
    (nobody / "elsewhere").mkdir()
    (nobody / f"trainwell-cache-{os.getuid()}").symlink_to(nobody / "elsewhere")
    folder = home.cache_folder()
    assert folder.resolve() != (nobody / "elsewhere").resolve()
    assert folder.is_dir()


def test_the_stated_place_wins(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert home.cache_folder() == tmp_path / "trainwell"
