from pathlib import Path

import pytest

from trainwell.core.errors import DataError
from trainwell.data import load, load_labelled


@pytest.mark.parametrize("folder", ["test", "test/images", "test/unknown"])
def test_they_are_said_to_be_unlabelled(folder, put):
    for name in ("cat", "dog"):
        put(f"photos/train/{name}", 20)
    put(f"photos/{folder}", 20, seed=3)
    splits = load("photos")
    assert splits.test is None
    assert splits.audit.notes == (
        "test holds 20 images in no class folder: they have no label and are not used; "
        f"`trainwell predict RUN photos/{folder}` answers them.",
    )
    assert splits.audit.num_ignored == 0


def test_another_class_is_refused_all_the_same(put):
    for name in ("train/cat", "train/dog", "test/fish"):
        put(f"photos/{name}", 4)
    with pytest.raises(DataError, match="'fish'"):
        load("photos")


def test_images_beside_the_classes(put):
    for name in ("cat", "dog"):
        put(f"photos/{name}", 12)
    put("photos", 1, seed=4)
    (note,) = load("photos").audit.notes
    assert note.startswith("photos holds 1 image in no class folder: it has no label")


def test_nothing_to_evaluate_says_why(put):
    for name in ("train/cat", "train/dog", "test"):
        put(f"photos/{name}", 4)
    with pytest.raises(
        DataError, match="has no split 'test'; it has only train. test holds 4 images"
    ):
        load_labelled(Path("photos"), ("cat", "dog"), split="test")


@pytest.mark.parametrize("form", ["{split}/{name}", "{name}/{split}"])
def test_images_beside_the_splits(form, put):
    for name in ("cat", "dog"):
        for split in ("train", "test"):
            put("photos/" + form.format(name=name, split=split), 8)
    put("photos", 2, seed=4)
    notes = load("photos").audit.notes
    assert notes[-1] == "Not used: 2 images in no folder, first 0.png."
