"""Key points in the JSON of COCO."""

import copy
import json

import numpy as np
import pytest

from trainwell.core.errors import DataError
from trainwell.data import Reading, read_coco_keypoints

CONTENT = {
    "images": [
        {"id": 3, "file_name": "a.jpg", "width": 40, "height": 30},
        {"id": 5, "file_name": "b.jpg", "width": 40, "height": 30},
    ],
    "categories": [
        {"id": 1, "name": "person", "keypoints": ["nose", "left_eye", "right_eye"]},
        {"id": 2, "name": "car"},
    ],
    "annotations": [
        {"id": 9, "image_id": 5, "category_id": 1, "keypoints": [9, 7, 2, 8.5, 6, 1, 0, 0, 0], "bbox": [1, 2, 20.5, 10]},
        {"id": 8, "image_id": 3, "category_id": 1, "keypoints": [1, 2, 2, 3, 4, 2, 5, 6, 2], "bbox": [0, 0, 9, 9]},
        {"id": 7, "image_id": 3, "category_id": 1, "keypoints": [0] * 9, "bbox": [0, 0, 9, 9]},
        {"id": 6, "image_id": 3, "category_id": 1, "keypoints": [1] * 9, "bbox": [0, 0, 9, 9], "iscrowd": 1},
        {"id": 5, "image_id": 3, "category_id": 2, "bbox": [0, 0, 9, 9]},
        {"id": 4, "image_id": 5, "category_id": 1, "keypoints": [4, 4, 2, 0, 0, 0, 0, 0, 0], "bbox": [3, 3, 2, 2]},
    ],
}  # fmt: skip


@pytest.fixture
def write(tmp_path):
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).touch()

    def written(content):
        text = content if isinstance(content, str) else json.dumps(content)
        (tmp_path / "k.json").write_text(text)
        return tmp_path / "k.json"

    return written


@pytest.fixture
def content():
    return copy.deepcopy(CONTENT)


def test_by_hand(write, content, tmp_path):
    read = read_coco_keypoints(write(content))
    assert read.names == ("nose", "left_eye", "right_eye")
    assert [p.name for p in read.paths] == ["b.jpg", "a.jpg", "b.jpg"]
    np.testing.assert_array_equal(
        read.points[:2],
        [[[9.5, 7.5], [9, 6.5], [np.nan] * 2], [[1.5, 2.5], [3.5, 4.5], [5.5, 6.5]]],
    )
    assert read.visible.tolist() == [
        [True, True, False],
        [True] * 3,
        [True, False, False],
    ]
    assert read.boxes.tolist() == [[1, 2, 21.5, 12], [0, 0, 9, 9], [3, 3, 5, 5]]
    assert read.groups[0] == read.groups[2] != read.groups[1]
    assert read.splits is None
    assert read.notes == (
        "3 annotations not used: crowds, other categories, no known point.",
    )
    corner = read_coco_keypoints(write(content), points_origin="corner")
    assert corner.points[1].tolist() == [[1, 2], [3, 4], [5, 6]]


def test_images_elsewhere(write, content, tmp_path):
    (tmp_path / "val2017").mkdir()
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).rename(tmp_path / "val2017" / name)
    path = write(content)
    with pytest.raises(
        DataError,
        match=r"annotation 0: no image .*b.jpg, nor 2 others\. .* add data.image_folder=val2017",
    ):
        read_coco_keypoints(path)
    read = read_coco_keypoints(path, Reading(image_folder="val2017"))
    assert read.paths[0] == tmp_path / "val2017" / "b.jpg"


def test_categories(write, content):
    content["categories"][1]["keypoints"] = ["wheel"]
    path = write(content)
    with pytest.raises(DataError, match="has key points of person, car; say one"):
        read_coco_keypoints(path)
    assert len(read_coco_keypoints(path, category="person")) == 3
    with pytest.raises(
        DataError, match="annotation 4: `keypoints` must hold 3 numbers, got none"
    ):
        read_coco_keypoints(path, category="car")
    with pytest.raises(DataError, match="has key points of person, car"):
        read_coco_keypoints(path, category="cat")


def test_without_boxes(write, content):
    for entry in content["annotations"]:
        entry.pop("bbox")
    assert read_coco_keypoints(write(content)).boxes is None


@pytest.mark.parametrize(
    ("at", "value", "message"),
    [
        (("annotations", 1, "keypoints"), [1] * 8, "annotation 1: `keypoints` must hold 9 numbers, got 8"),
        (("annotations", 1, "keypoints"), [1] * 8 + ["1"], "annotation 1: `keypoints` must hold numbers only"),
        (("annotations", 1, "keypoints"), [1] * 8 + [True], "must hold numbers only"),
        (("annotations", 1, "keypoints"), [float("nan")] + [1] * 8, "annotation 1: `keypoints`: 'nan' is no coordinate"),
        (("annotations", 1, "keypoints"), [10**400] + [1] * 8, "is no coordinate"),
        (("annotations", 1, "image_id"), 4, "annotation 1: no image has the id 4"),
        (("annotations", 1, "image_id"), [4], "annotation 1: no image has the id"),
        (("annotations", 1, "bbox"), [0, 0, 0, 3], "annotation 1: `bbox` has no area"),
        (("annotations", 1, "bbox"), [0, 0, 3], "annotation 1: `bbox` must hold 4 numbers, got 3"),
        (("annotations", 1), 7, "no list of objects `annotations`"),
        (("annotations",), [], "no annotation with a known point"),
        (("annotations",), {}, "no list of objects `annotations`"),
        (("images",), None, "no list of objects `images`"),
        (("images", 0, "file_name"), "", "image 0 needs an id and a file_name"),
        (("images", 0, "file_name"), "z" * 5000, "annotation 1: no image .*zzz"),
        (("images", 0, "file_name"), "a\0", "image 0: its file_name is no name"),
        (("images", 1, "id"), 3, "two images have the id 3"),
        (("categories", 0, "keypoints"), [], "no category with a list `keypoints`"),
        (("categories", 0, "keypoints"), "nose", "must be a list of names"),
        (("categories", 0, "keypoints"), ["a", "a", "b"], "two key points .* share a name"),
        (("images", 0, "file_name"), "z\n.jpg", "annotation 1: no image .*z .jpg"),
    ],
    ids=str,
)  # fmt: skip
def test_damaged(write, content, at, value, message):
    *place, last = at
    inner = content
    for key in place:
        inner = inner[key]
    inner[last] = value
    with pytest.raises(DataError, match=message) as error:
        read_coco_keypoints(write(content))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "3", "[" * 99999, '{"a": ' + "9" * 5000 + "}"]
)
def test_no_such_json(write, text):
    with pytest.raises(
        DataError, match="is no JSON|no list of objects `images`"
    ) as error:
        read_coco_keypoints(write(text))
    assert "\n" not in str(error.value)
