from pathlib import Path

import pytest

from trainwell.core.errors import DataError
from trainwell.data import load


def _touch(*names):
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("{}")


def test_segmentation(put):
    put("photos/images", 6)
    put("photos/masks", 6, (120, 90, 60))
    with pytest.raises(
        DataError, match="photos/images and photos/masks look like a segmentation set"
    ):
        load("photos")


@pytest.mark.parametrize(
    ("folders", "files", "what"),
    [
        (("JPEGImages", "SegmentationClass"), ("Annotations/1.xml",), "detection|segm"),
        (("images/train", "images/val"), ("labels/train/1.txt",), "detection"),
        (("train2017", "val2017"), ("annotations/instances.json",), "detection"),
        (("train/images", "valid/images"), ("train/labels/1.txt",), "detection"),
        (("images",), ("_annotations.coco.json",), "detection"),
        (("Images",), ("captions.txt",), "captioning"),
        (("train/images", "train/masks", "test/images"), (), "segmentation"),
        (("input", "target"), (), "segmentation"),
        (("train", "train_masks"), (), "segmentation"),
    ],
)
def test_other_layouts(folders, files, what, put):
    for i, folder in enumerate(folders):
        put(f"photos/{folder}", 4, seed=i)
    _touch(*(f"photos/{file}" for file in files))
    with pytest.raises(DataError, match=f"look like a ({what}) set"):
        load("photos")


def test_classes_may_have_such_names(put):
    put("faces/mask", 8)
    put("faces/no_mask", 8, seed=1)
    put("faces/labels", 8, seed=2)
    assert load("faces").classes == ("labels", "mask", "no_mask")
    _touch("faces/annotations/1.xml")
    splits = load("faces")
    assert splits.classes == ("labels", "mask", "no_mask")
    assert "annotations holds no image" in splits.audit.notes[0]


def test_classes_below_the_pictures_are_pointed_at(put):
    put("dogs/Images/collie", 4)
    put("dogs/Images/poodle", 4, seed=1)
    _touch("dogs/Annotation/collie/1.xml")
    with pytest.raises(DataError, match="collie and poodle are classes, give dogs/Im"):
        load("dogs")
