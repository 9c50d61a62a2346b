"""Findings of groups, made by hand."""

from trainwell.data import shared_groups
from trainwell.diagnose._check_groups import check_groups


def test_they_are_counted_and_the_first_are_named():
    names = ["ann", "bob", "cid", "dan", "eve"]
    (found,) = check_groups(
        shared_groups({"train": names, "test": ["fay", *names[:4]]})
    )
    assert (found.level, found.numbers) == ("warn", {"groups": 4, "images": 4})
    assert found.what == (
        "4 of 6 groups lie in several splits, 4 images of the later ones: ann (train "
        "and test), bob (train and test), cid (train and test) and 1 more."
    )


def test_one():
    (found,) = check_groups(shared_groups({"train": ["ann"], "val": ["ann"]}))
    assert found.what == (
        "1 of 1 groups lies in several splits, 1 image of the later ones: ann (train "
        "and val)."
    )


def test_none_and_unknown():
    (found,) = check_groups(shared_groups({"train": ["ann"], "val": ["bob"]}))
    assert (found.level, found.what) == ("pass", "None of 2 groups lies in two splits.")
    assert check_groups(None) == []
