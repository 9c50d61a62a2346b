import numpy as np
import pytest

from trainwell.core.errors import DataError
from trainwell.data import load_labelled


def test_test_is_taken_where_there_is_one(class_folders):
    root = class_folders("train/a", "train/b", "val/b", "test/b", count=2)
    data = load_labelled(root, ("c", "b", "a"))
    assert data.names == ("test/b/0.png", "test/b/1.png")
    assert data.targets.tolist() == [1, 1]
    assert data.classes == ("c", "b", "a")


def test_a_named_split_is_taken(class_folders):
    root = class_folders("train/a", "train/b", "val/b", "test/b", count=2)
    assert load_labelled(root, ("a", "b"), split="valid").names[0] == "val/b/0.png"
    assert load_labelled(root, ("a", "b"), split="train").targets.tolist() == [
        0, 0, 1, 1,
    ]  # fmt: skip


def test_everything_is_taken_where_there_is_no_test(class_folders):
    root = class_folders("train/a", "train/b", "val/b", count=2)
    assert len(load_labelled(root, ("a", "b"))) == 6


def test_a_single_class_is_enough(class_folders):
    data = load_labelled(class_folders("b", count=3), ("a", "b"))
    assert data.targets.tolist() == [1, 1, 1]


def test_unknown_classes_are_listed(class_folders):
    root = class_folders("test/b", "test/x", "train/y", count=1)
    with pytest.raises(DataError, match="training: 'x'"):
        load_labelled(root, ("a", "b"))
    with pytest.raises(DataError, match="training: 'y'"):
        load_labelled(root, ("a", "b"), split="train")


def test_a_split_that_is_not_there(class_folders):
    root = class_folders("train/a", "val/a", count=1)
    with pytest.raises(DataError, match="no split 'test'; it has only train, val"):
        load_labelled(root, ("a",), split="test")
    with pytest.raises(DataError, match="split must be train, val or test; got 'dev'"):
        load_labelled(root, ("a",), split="dev")


def test_bad_images_and_channels(class_folders, tmp_path):
    root = class_folders("a", count=3)
    (tmp_path / "a/1.png").write_bytes(b"")
    with pytest.raises(DataError, match=r"cannot use a/1\.png"):
        load_labelled(root, ("a",))
    data = load_labelled(root, ("a",), bad_images="skip", channels=1)
    assert len(data) == 2
    assert data.sample(1)[0].shape == (24, 20, 1)


def test_arrays(picture):
    images = np.stack([picture(i) for i in range(4)])
    data = load_labelled((images, ["dog", "cat", "dog", "cat"]), ("cat", "dog"))
    assert data.targets.tolist() == [1, 0, 1, 0]
