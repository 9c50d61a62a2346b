import shutil

import numpy as np
import pytest

from trainwell.core.errors import DataError
from trainwell.data import SplitImages, load, load_to_evaluate

CLASSES = ("a", "b")


def _trained(root):
    return SplitImages.of(load(root))


def test_the_runs_own_cut_of_a_source_without_splits(class_folders):
    root = class_folders("a", "b", count=20)
    splits = load(root)
    trained = SplitImages.of(splits)
    for name in ("train", "val", "test"):
        found = load_to_evaluate(root, CLASSES, trained, split=name)
        assert found.split == name
        assert sorted(found.dataset.names) == sorted(getattr(splits, name).names)
    found = load_to_evaluate(root, CLASSES, trained)
    assert (found.split, found.dataset.fingerprint) == ("test", splits.test.fingerprint)
    assert found.notes == (
        f"Left out: {len(splits.train)} images that the run was trained on.",
        f"Left out: {len(splits.val)} images that its weights were chosen by.",
    )


def test_new_images_beside_known_ones(class_folders, write):
    root = class_folders("a", "b", count=20)
    trained = _trained(root)
    for i in range(3):
        write(f"a/new {i}.png", 5000 + i)
    found = load_to_evaluate(root, CLASSES, trained)
    assert found.split == "test and new"
    assert len(found.dataset) == len(trained.test) + 3
    found = load_to_evaluate(root, CLASSES, trained, own=True)
    assert (found.split, len(found.dataset)) == ("test", len(trained.test))
    assert found.notes[-1] == "Left out: 3 images new in this place."


def test_copies_of_training_images_in_the_runs_own_test(class_folders, tmp_path):
    root = class_folders("train/a", "train/b", "test/a", "test/b", count=12)
    trained = _trained(root)
    files = load(root).train.names
    shutil.copy(root / files[0], root / "test" / files[0].split("/")[1] / "copy.png")
    outside = load_to_evaluate(root, CLASSES, trained)
    assert len(outside.dataset) == 24
    assert outside.notes == ("Left out: 1 image that the run was trained on.",)
    inside = load_to_evaluate(root, CLASSES, _trained(root))
    assert len(inside.dataset) == 25
    assert inside.notes == ("Among them: 1 image with a copy in training.",)


def test_a_val_split_that_was_cut_from_train(class_folders):
    root = class_folders("train/a", "train/b", "test/a", "test/b", count=12)
    splits = load(root)
    found = load_to_evaluate(root, CLASSES, SplitImages.of(splits), split="val")
    assert sorted(found.dataset.names) == sorted(splits.val.names)


def test_what_is_not_there(class_folders, picture):
    root = class_folders("a", "b", count=12)
    trained = _trained(root)
    images = np.stack([picture(900 + i) for i in range(4)])
    arrays = (images, ["a", "b", "a", "b"])
    with pytest.raises(
        DataError, match="no split 'val', and none of the images of the"
    ):
        load_to_evaluate(arrays, CLASSES, trained, split="val")
    with pytest.raises(DataError, match="has no split 'val'; it has no splits"):
        load_to_evaluate(arrays, CLASSES, SplitImages(), split="val")
    with pytest.raises(DataError, match="must be train, val or test; got 'dev'"):
        load_to_evaluate(arrays, CLASSES, trained, split="dev")
    assert load_to_evaluate(arrays, CLASSES, trained).split == "all"


def test_images_saved_again_are_said(class_folders, tmp_path, encoded):
    from PIL import Image

    root = class_folders("a", "b", count=12)
    trained = _trained(root)
    again = tmp_path / "again" / "a"
    again.mkdir(parents=True)
    for file in sorted((root / "a").iterdir()):
        Image.open(file).save(again / f"{file.stem}.bmp")
    found = load_to_evaluate(again.parent, CLASSES, trained)
    assert found.split == "all"
    assert "like one of training by thumbnail, perhaps copies" in found.notes[0]


def test_what_was_not_read_is_said_as_in_training(class_folders, write):
    root = class_folders("a", "b", count=12)
    (root / "c").mkdir()
    (root / "c" / "x.heif2").write_bytes(b"")
    (root / "a" / "broken.png").write_bytes(b"no image")
    (root / "a" / "notes.txt").write_bytes(b"")
    write("loose.png", 7)
    warnings = load(root, bad_images="skip").audit.warnings
    found = load_to_evaluate(root, ("a", "b", "d"), SplitImages(), bad_images="skip")
    assert found.notes == (*warnings[:4], "What is evaluated has no image of 'd'.")
    text = " ".join(found.notes)
    for part in ("c holds no image", "1 bad image", "files ignored", "1 image in no"):
        assert part in text
