import pytest

from trainwell.core.errors import DataError
from trainwell.data import load


@pytest.mark.parametrize(
    "folders",
    [
        ("training_set/cats", "training_set/dogs", "test_set/cats", "test_set/dogs"),
        (
            "seg_train/seg_train/cats", "seg_train/seg_train/dogs",
            "seg_test/seg_test/cats", "seg_test/seg_test/dogs",
        ),
        ("Training Data/cats", "Training Data/dogs", "Testing Data/cats"),
        ("train2017/cats", "train2017/dogs", "test2017/dogs"),
        ("train/images/cats", "train/images/dogs", "test/images/cats"),
        ("TRAIN/cats", "TRAIN/dogs", "Test_Images/cats", "__MACOSX/TRAIN"),
        ("trainset/cats", "trainset/dogs", "testset/cats"),
    ],
)  # fmt: skip
def test_they_are_splits(folders, put):
    for i, folder in enumerate(folders):
        put(f"photos/{folder}", 6, seed=i)
    splits = load("photos")
    assert splits.classes == ("cats", "dogs")
    assert splits.stated == ("train", "test")
    named = sum(folder.lower().startswith(("test", "seg_test")) for folder in folders)
    assert len(splits.test) == 6 * named


def test_without_training_images(put):
    for i, folder in enumerate(("val/cat", "val/dog", "test/cat", "test/dog")):
        put(f"photos/{folder}", 4, seed=i)
    with pytest.raises(DataError, match="only val, test with cat, dog; call those to"):
        load("photos")


def test_names_of_class_and_split_in_one(put):
    for i, folder in enumerate(("cat_train", "cat_test", "dog_train", "dog_test")):
        put(f"photos/{folder}", 4, seed=i)
    with pytest.raises(DataError, match="cat_test.*move them to .*train/cat"):
        load("photos")


@pytest.mark.parametrize("name", ["dev", "eval", "hold-out", "Holdout"])
def test_other_words_for_held_out_images(name, put):
    for i, folder in enumerate(("train/cat", "train/dog", f"{name}/cat")):
        put(f"photos/{folder}", 4, seed=i)
    with pytest.raises(
        DataError, match=f"photos/{name} holds classes of .* call it val"
    ):
        load("photos")
