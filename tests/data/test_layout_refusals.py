"""Trees that are one level off a set of class folders, and the ways to mean them."""

import re

import pytest

from trainwell.core.errors import DataError
from trainwell.data import load
from trainwell.data._reading import Reading
from trainwell.runs import Quiet, train

TREE = ("A/cat", "A/dog", "B/cat", "B/dog")


def patterns(root):
    with pytest.raises(DataError) as caught:
        load(root)
    text = str(caught.value)
    assert "\n" not in text
    return re.findall(r"data\.pattern='(\S+?)'", text), text


def classes(root, pattern):
    splits = load(root, reading=Reading(pattern=pattern))
    return splits.classes, splits.stated


def test_same_names_below_every_folder(class_folders):
    root = class_folders(*TREE, count=12)
    (upper, lower), text = patterns(root)
    assert text.startswith(
        f"{root} holds A and B, and each of them holds cat and dog: if A and B are the"
    )
    assert text.endswith("if they are splits, call them train, val or test.")
    assert classes(root, upper) == (("A", "B"), ())
    assert classes(root, lower) == (("cat", "dog"), ())
    (root / "A").rename(root / "train")
    (root / "B").rename(root / "test")
    splits = load(root)
    assert (splits.classes, splits.stated) == (("cat", "dog"), ("train", "test"))


@pytest.mark.parametrize(
    "tree",
    [
        ("A/cat", "A/dog", "B/cat", "B/dog", "B/bird"),
        ("A/photos/cat", "A/photos/dog", "B/photos/cat", "B/photos/dog"),
        ("A/cat/1", "A/dog/1", "B/cat/1", "B/dog/1", "C/cat/1", "C/dog/1"),
    ],
)
def test_trees_of_the_same_kind(class_folders, tree):
    root = class_folders(*tree, count=6)
    (upper, _), _ = patterns(root)
    tops = tuple(sorted({name[0] for name in tree}))
    assert classes(root, upper) == (tops, ())


def test_below_a_split(class_folders):
    deep = [f"{split}/{name}" for split in ("train", "test") for name in TREE]
    root = class_folders(*deep, count=8)
    (upper, lower), text = patterns(root)
    assert text.startswith(f"{root / 'train'} holds A and B, and each")
    assert classes(root, upper) == (("A", "B"), ("train", "test"))
    assert classes(root, lower) == (("cat", "dog"), ("train", "test"))


@pytest.mark.parametrize(
    "tree",
    [
        ("A/cat", "A/dog", "B/fish", "B/bird"),
        ("A/front", "B/front"),
        ("A/1", "A/2", "B"),
        ("A", "A/1", "A/2", "B", "B/1", "B/2"),
    ],
)
def test_trees_of_classes_are_read(class_folders, tree):
    assert load(class_folders(*tree, count=8)).classes == ("A", "B")


def test_the_pattern_of_the_message_trains(class_folders, tmp_path):
    breeds = [f"{b}/{side}" for b in ("pug", "husky") for side in ("front", "side")]
    root = class_folders(*breeds, count=8)
    (upper, _), _ = patterns(root)
    options = ("model=softmax", "train.epochs=1", f"data.pattern={upper}")
    run = train(root, *options, out=tmp_path / "run", reporter=Quiet())
    assert run.summary["classes"] == ["husky", "pug"]
