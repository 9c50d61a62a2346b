from pathlib import Path

import pytest

from trainwell.core.errors import DataError
from trainwell.data import load


def test_a_wrapper_is_pointed_through(put):
    for name in ("cat", "dog"):
        put(f"archive/a/photos/{name}", 4)
    with pytest.raises(
        DataError, match=r"one folder, a/photos, with .* cat and dog: give archive/a/ph"
    ):
        load("archive")


def test_splits_in_a_wrapper(put):
    for name in ("train/cat", "train/dog", "test/cat", "test/dog"):
        put(f"archive/photos/{name}", 4)
    with pytest.raises(DataError, match="folders test and train: give archive/photos"):
        load("archive")


@pytest.mark.parametrize("folders", [("images",), ("train", "test"), (".",)])
def test_a_table_is_pointed_at(folders, put):
    for folder in folders:
        put(f"kaggle/{folder}", 4)
    Path("kaggle/train.csv").write_text("id,label\n0,cat\n")
    with pytest.raises(
        DataError, match=r"table train\.csv: give .*: kaggle/train\.csv"
    ):
        load("kaggle")


def test_a_table_beside_classes_is_said(put):
    for name in ("cat", "dog"):
        put(f"photos/{name}", 12)
    Path("photos/labels.csv").write_text("id,label\n0,cat\n")
    (note,) = load("photos").audit.notes
    assert "labels.csv beside them is not read" in note


def test_files_without_an_ending(put):
    for name in ("cat", "dog"):
        put(f"plain/{name}", 3)
        for file in Path("plain", name).iterdir():
            file.rename(file.with_suffix(""))
    with pytest.raises(DataError, match="no images .*6 files without an ending"):
        load("plain")


def test_several_sets_side_by_side(put):
    for name in ("a/train/cat", "a/train/dog", "b/train/cat", "b/train/dog"):
        put(f"sets/{name}", 3)
    with pytest.raises(DataError, match="sets/a and sets/b hold splits with class fol"):
        load("sets")
