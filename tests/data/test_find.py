import os

import pytest

from trainwell.core.errors import DataError
from trainwell.data import decode, find_images


@pytest.fixture
def root(write, tmp_path, monkeypatch):
    for name in ("img10.png", "img2.png", "sub/a.jpg", "sub/b[1].png"):
        write(name, 1)
    (tmp_path / "notes.txt").write_text("text")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _names(root, *paths):
    return [str(p.relative_to(root)) for p in find_images(paths)]


def test_folders_in_natural_order(root):
    assert _names(root, root) == ["img2.png", "img10.png", "sub/a.jpg", "sub/b[1].png"]


def test_files_are_taken_as_named_and_once(root):
    names = [root / "notes.txt", root / "img10.png", str(root / "img10.png")]
    assert _names(root, *names) == ["notes.txt", "img10.png"]
    assert _names(root, root / "sub/b[1].png") == ["sub/b[1].png"]


def test_globs(root):
    assert _names(root, f"{root}/*") == [
        "img2.png", "img10.png", "sub/a.jpg", "sub/b[1].png",
    ]  # fmt: skip
    assert _names(root, f"{root}/**/*.jpg") == ["sub/a.jpg"]
    assert [str(p) for p in find_images(["sub/*.jpg"])] == ["sub/a.jpg"]


@pytest.mark.parametrize("path", ["nothing.png", "*.gif", "empty", "n*.txt"])
def test_what_gives_nothing_is_named(path, root):
    with pytest.raises(DataError, match="no image found at") as caught:
        find_images(["img2.png", path])
    assert path in str(caught.value)


def test_a_pipe_in_a_folder_does_not_wait(tmp_path):
    os.mkfifo(tmp_path / "a.png")
    assert find_images([tmp_path]) == [tmp_path / "a.png"]
    with pytest.raises(DataError, match="it is a pipe or a device"):
        decode(tmp_path / "a.png", channels=3)


def test_an_empty_name_is_not_the_current_folder(tmp_path, monkeypatch):
    (tmp_path / "a.png").touch()
    monkeypatch.chdir(tmp_path)
    for empty in ("", " "):
        with pytest.raises(DataError, match="the path of an image is empty"):
            find_images([empty])
