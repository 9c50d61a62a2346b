"""Points of folders, COCO and the contest come in as any source does."""

import json

import numpy as np
import pytest
from PIL import Image

from trainwell.core.errors import DataError
from trainwell.data import Reading, load
from trainwell.data._point_source import read_points
from trainwell.tasks import readers

READING = Reading(readers=readers())


@pytest.fixture
def images(tmp_path):
    rng = np.random.default_rng(0)
    for i in range(12):
        pixels = rng.integers(0, 256, (20, 30, 3), np.uint8)
        Image.fromarray(pixels).save(tmp_path / f"{i}.png")
    return tmp_path


def shape(i):
    return [[4 + i, 5], [14 + i, 6], [9 + i, 12.5]]


def check(splits, first, offset):
    assert splits.reader.name == "keypoints"
    whole = {n: t for d in (splits.train, splits.val, splits.test) if d is not None
             for n, t in zip(d.names, d.targets, strict=True)}  # fmt: skip
    assert len(whole) == 12
    name = next(n for n in whole if n.endswith(first))
    np.testing.assert_allclose(whole[name], np.array(shape(3)) + offset)


def test_pts_files_beside_images(images):
    for i in range(12):
        lines = "\n".join(f"{x} {y}" for x, y in shape(i))
        (images / f"{i}.pts").write_text(f"version: 1\nn_points: 3\n{{\n{lines}\n}}\n")
    check(load(images, reading=READING), "3.png", -0.5)


def test_the_table_of_the_contest(images):
    rows = [
        f"{i}.png\t" + "\t".join(f"{x}\t{y}" for x, y in shape(i)) for i in range(12)
    ]
    (images / "landmarks.csv").write_text("\n".join(rows))
    splits = load(images / "landmarks.csv", reading=READING)
    check(splits, "3.png", 0.0)
    assert splits.mirror is False  # nobody says which points are left and right


def test_coco(images):
    names = ["left_eye", "right_eye", "nose"]
    tree = {
        "images": [{"id": i, "file_name": f"{i}.png"} for i in range(12)],
        "categories": [{"id": 1, "name": "person", "keypoints": names}],
        "annotations": [
            {
                "id": i, "image_id": i, "category_id": 1, "bbox": [0, 0, 30, 20],
                "num_keypoints": 3, "iscrowd": 0,
                "keypoints": [v for x, y in shape(i) for v in (x, y, 2)],
            }
            for i in range(12)
        ],
    }  # fmt: skip
    (images / "people.json").write_text(json.dumps(tree))
    splits = load(images / "people.json", reading=READING)
    check(splits, "3.png", 0.5)
    assert splits.classes == tuple(names)
    assert splits.mirror is True


def test_another_task_is_told(images):
    (images / "0.pts").write_text("version: 1\nn_points: 1\n{\n3 4\n}\n")
    with pytest.raises(DataError, match="task keypoints"):
        load(images, reading=Reading(readers=readers("regression")))


def test_a_table_with_a_header_is_none_of_the_contest(images):
    rows = "\n".join(f"{i}.png,{i % 2}" for i in range(12))
    (images / "t.csv").write_text("path,label\n" + rows)
    assert load(images / "t.csv", reading=READING).reader.name == "classification"


@pytest.mark.parametrize("head", ["", "file_name,Point_M0_X,Point_M0_Y,Point_M1_X\n"])
def test_the_contest_has_no_names_or_its_own(images, head):
    (images / "t.csv").write_text(head + "0.png,1,2,3,4")
    found = read_points(images / "t.csv", READING)
    assert found.classes == ("0", "1")
    (part,) = found.splits.values()
    assert part.labels[0].tolist() == [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    "names",
    [
        "left_eye_x,left_eye_y,right_eye_x,right_eye_y",
        "age,height,weight,income",
        "x0,y0,x1,y1",
    ],
)
def test_a_table_with_names_of_its_own_is_read_by_them(images, names):
    (images / "t.csv").write_text(f"path,{names}\n0.png,1,2,3,4")
    assert read_points(images / "t.csv", READING) is None
