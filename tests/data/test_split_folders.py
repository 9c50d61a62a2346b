import pytest

from trainwell.data._split_folders import is_plain_split, split_and_rest


@pytest.mark.parametrize(
    ("name", "split", "rest"),
    [
        ("train", "train", ()),
        ("Training Data", "train", ()),
        ("training_set", "train", ()),
        ("TRAIN", "train", ()),
        ("trainset", "train", ()),
        ("train2017", "train", ()),
        ("TestImages", "test", ()),
        ("valid", "val", ()),
        ("Validation-split", "val", ()),
        ("seg_test", "test", ("seg",)),
        ("cats_train", "train", ("cats",)),
        ("train_test", None, ()),
        ("trainer", None, ("trainer",)),
        ("contest", None, ("contest",)),
        ("holdout", None, ("holdout",)),
        ("images", None, ()),
        ("2017", None, ()),
    ],
)
def test_what_a_name_says(name, split, rest):
    assert split_and_rest(name) == (split, rest)
    assert is_plain_split(name) == (split is not None and not rest)
