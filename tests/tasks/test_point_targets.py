"""Columns of coordinates become points of images."""

import numpy as np
import pytest

from trainwell.core.errors import DataError
from trainwell.data._targets import reader_of
from trainwell.tasks import readers
from trainwell.tasks._point_targets import PointTargets

CELLS = {
    "x0": ["1.5", "", "-1", "4"], "y0": ["2", "", "-1", "5"],
    "x1": ["7", "8", "9", "3"], "y1": ["3", "4", "5", "6"], "v1": ["1", "2", "1", "0"],
}  # fmt: skip
NAN = [np.nan, np.nan]
FOUND = [[[1.5, 2], [7, 3]], [NAN, [8, 4]], [NAN, [9, 5]], [[4, 5], NAN]]


def where(row):
    return f"a.csv, row {row + 2}"


@pytest.mark.parametrize(
    ("origin", "shift"), [("corner", 0.0), ("centre", 0.5), ("one", -0.5)]
)
def test_points_count_from_the_corner_of_the_image(origin, shift):
    reader = PointTargets(origin)
    read = reader.labels(CELLS, where)
    assert read.names == ("0", "1")
    targets = reader.targets(read.labels, read.names, "a.csv")
    np.testing.assert_array_equal(targets, np.array(FOUND) + shift)
    assert reader.counts(targets, read.names) == {"0": 2, "1": 3}
    assert reader.strata(targets).tolist() == [0] * 4


def test_the_first_pixel_may_be_one():
    cells = {"x0": ["1"], "y0": ["1"], "x1": ["0"], "y1": ["5"]}
    (found,) = PointTargets("one").labels(cells, where).labels
    np.testing.assert_array_equal(found, [[0.5, 0.5], NAN])


def test_names_say_whether_images_may_be_mirrored():
    sides = [f"{side}_eye_{axis}" for side in ("left", "right") for axis in "xy"]
    read = PointTargets().labels({name: ["1"] for name in sides}, where)
    assert read.mirror is True
    assert read.notes == ()
    read = PointTargets().labels(CELLS, where)
    assert read.mirror is False
    assert read.notes[0].startswith("Images are not mirrored")


def test_what_is_taken_for_points():
    assert reader_of(CELLS, readers()).name == "keypoints"
    assert PointTargets().columns([*CELLS, "age"], CELLS.get) == (
        "x0", "y0", "v0",
    )[:2] + ("x1", "y1", "v1")  # fmt: skip
    assert PointTargets().columns(["x0", "y0"], CELLS.get) == ()
    assert not PointTargets().reads(CELLS | {"age": ["1"] * 4})
    assert not PointTargets().reads(
        {"xmin": [1], "ymin": [1], "xmax": [2], "ymax": [3]}
    )


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"x0": ["a", "", "-1", "4"]}, r"a\.csv, row 2, `x0`: 'a' is no coordinate"),
        ({"x0": ["1", "3", "-1", "4"]}, r"row 3: `x0` has a value and `y0` is empty"),
        ({"v1": ["1", "x", "1", "1"]}, r"row 3: `v1` must be 0, 1 or 2, got 'x'"),
        ({"age": ["1"] * 4}, "need two columns per point.*'age' is neither"),
        ({"x2": ["1"] * 4}, "the point '2' has a column 'x2' and none for y"),
    ],
)
def test_one_line_says_what_is_wrong(change, text):
    with pytest.raises(DataError, match=text) as caught:
        PointTargets().labels(CELLS | change, where)
    assert "\n" not in str(caught.value)


def test_a_point_without_its_y_among_others_is_named():
    names = [*CELLS, "nose_x"]
    for read in (
        lambda: PointTargets().columns(names, CELLS.get),
        lambda: PointTargets().reads(dict.fromkeys(names, ["1"])),
    ):
        with pytest.raises(DataError, match="'nose' has a column 'nose_x' and none fo"):
            read()
    assert PointTargets().columns(["x0", "y0", "x1", "age"], CELLS.get) == ()


def test_a_point_that_no_training_image_shows():
    rows = [np.array([[1.0, 2.0], NAN])] * 2
    with pytest.raises(DataError, match="the point 'b' is not visible in any training"):
        PointTargets().check(rows, ("a", "b"), "a.csv")
    with pytest.raises(DataError, match="no images to train on"):
        PointTargets().check([], ("a",), "a.csv")


def test_other_points_than_the_model_has():
    with pytest.raises(DataError, match="has 2 points per image, and the model predic"):
        PointTargets().targets([np.zeros((2, 2))], ("a",), "a.csv")
