import os

import pytest

from trainwell.core.errors import DataError
from trainwell.data._folder import files_below, read_folder
from trainwell.data._source import FileSplit


def test_flat_folders(class_folders, tmp_path):
    class_folders("dog", "cat", count=12)
    source = read_folder(tmp_path)
    (part,) = source.splits.values()
    assert list(source.splits) == ["all"]
    assert isinstance(part, FileSplit)
    assert [p.name for p in part.paths[:12]] == [f"{i}.png" for i in range(12)]
    assert part.labels == ["cat"] * 12 + ["dog"] * 12


@pytest.mark.parametrize("val", ["val", "valid", "validation", "Val"])
def test_split_folders(val, class_folders, tmp_path):
    class_folders("train/a", "train/b", f"{val}/a", "test/b", "extra/a", count=2)
    source = read_folder(tmp_path)
    labels = {name: part.labels for name, part in source.splits.items()}
    assert labels == {
        "train": ["a", "a", "b", "b"],
        "val": ["a", "a"],
        "test": ["b", "b"],
    }
    assert source.notes == ("Folders beside train are not used: extra.",)


def test_two_folders_for_a_split(class_folders, tmp_path):
    class_folders("train/a", "val/a", "valid/a", count=1)
    with pytest.raises(DataError, match="two folders for the split val; keep one"):
        read_folder(tmp_path)


def test_classes_may_be_called_like_splits(class_folders, tmp_path):
    class_folders("test", "val", count=2)
    assert set(read_folder(tmp_path).splits["all"].labels) == {"test", "val"}
    (tmp_path / "train").mkdir()
    class_folders("train", count=1)
    assert set(read_folder(tmp_path).splits["all"].labels) == {"test", "train", "val"}


def test_images_lie_at_any_depth_and_other_files_are_ignored(class_folders, tmp_path):
    class_folders("a/x/y", "a", "b", count=1)
    for name in ("a/.DS_Store", "a/Thumbs.db", "b/notes.txt", "README.md", "b/._0.png"):
        (tmp_path / name).write_text("text")
    (tmp_path / ".git").mkdir()
    (tmp_path / "a/x/.hidden").mkdir()
    source = read_folder(tmp_path)
    (part,) = source.splits.values()
    names = [path.relative_to(tmp_path).as_posix() for path in part.paths]
    assert names == ["a/0.png", "a/x/y/0.png", "b/0.png"]
    assert part.labels == ["a", "a", "b"]
    assert sorted(source.ignored) == [
        "README.md",
        "a/.DS_Store",
        "a/Thumbs.db",
        "b/._0.png",
        "b/notes.txt",
    ]


def test_links_are_followed_once(class_folders, tmp_path):
    class_folders("a", "b", count=1)
    os.symlink(tmp_path / "a", tmp_path / "a/again")
    os.symlink(tmp_path / "a", tmp_path / "c")
    assert [p.name for p in files_below(tmp_path / "a")] == ["0.png"]
    assert read_folder(tmp_path).splits["all"].labels == ["a", "b", "c"]


def test_a_folder_without_folders_is_refused(write, tmp_path):
    write("1.png", 1)
    with pytest.raises(DataError, match="holds no folders; .* one folder per class"):
        read_folder(tmp_path)
