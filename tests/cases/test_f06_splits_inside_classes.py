import pytest

from trainwell.core.errors import DataError
from trainwell.data import load


def test_they_are_splits(put):
    for name in ("cat", "dog"):
        put(f"photos/{name}/train", 12)
        put(f"photos/{name}/test", 5, seed=1)
    splits = load("photos")
    assert splits.classes == ("cat", "dog")
    assert len(splits.train) + len(splits.val) == 24
    assert {name.split("/")[1] for name in splits.test.names} == {"test"}
    assert splits.audit.notes == ("The folders in each class are read as its splits.",)


def test_classes_that_differ_are_refused(put):
    put("photos/cat/train", 4)
    put("photos/cat/test", 4, seed=1)
    put("photos/dog", 4)
    with pytest.raises(
        DataError, match=r"cat holds folders named like splits \(test, "
    ):
        load("photos")


def test_classes_called_train_and_test_are_classes(put):
    put("photos/train", 12)
    put("photos/test", 12)
    splits = load("photos")
    assert splits.classes == ("test", "train")
    assert "Read as classes, not as splits" in splits.audit.notes[0]
    put("photos/plane", 12)
    put("photos/boat", 12)
    put("photos/train/steam", 4, seed=2)
    splits = load("photos")
    assert splits.classes == ("boat", "plane", "test", "train")
    assert sum(c["train"] for c in splits.audit.counts.values()) == 16


def test_a_class_called_train_of_folders_alone(put):
    for name in ("train/steam", "train/diesel", "plane", "boat"):
        put(f"photos/{name}", 12)
    splits = load("photos")
    assert splits.classes == ("boat", "plane", "train")
    put("lone/train/steam", 4)
    put("lone/plane", 4)
    with pytest.raises(DataError, match="as a class, .* as a split"):
        load("lone")


def test_a_split_beside_the_classes(put):
    for name in ("cat", "dog", "test/cat", "test/dog"):
        put(f"photos/{name}", 4)
    with pytest.raises(DataError, match="move the images beside it into photos/train"):
        load("photos")


def test_a_deeper_tree_says_which_level_is_the_class(put):
    for name in ("animals/cat", "animals/dog", "cars/red"):
        put(f"photos/{name}", 12)
    splits = load("photos")
    assert splits.classes == ("animals", "cars")
    assert splits.audit.notes == (
        "The class is the name of the folder directly in photos: images in "
        "animals/cat count as animals.",
    )
