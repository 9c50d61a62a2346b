"""Which columns are coordinates of which points."""

import pytest

from trainwell.core.errors import DataError
from trainwell.data._point_columns import PointColumns, point_columns


def found(*names):
    return {p.name: (p.x, p.y, p.visible) for p in point_columns("t.csv", names)}


@pytest.mark.parametrize(
    ("names", "points"),
    [
        (
            ("path", "x0", "y0", "x1", "y1"),
            {"0": ("x0", "y0", ""), "1": ("x1", "y1", "")},
        ),
        (("x_nose", "y_nose", "v_nose"), {"nose": ("x_nose", "y_nose", "v_nose")}),
        (
            ("left_eye_x", "left_eye_y", "left_eye_visible"),
            {"left_eye": ("left_eye_x", "left_eye_y", "left_eye_visible")},
        ),
        (("noseX", "noseY", "noseV"), {"nose": ("noseX", "noseY", "noseV")}),
        (("Point_M0_X", "Point_M0_Y"), {"Point_M0": ("Point_M0_X", "Point_M0_Y", "")}),
        (("X0", "Y0", "V0"), {"0": ("X0", "Y0", "V0")}),
        (("nose.x", "nose.y"), {"nose": ("nose.x", "nose.y", "")}),
        (("nose x", "nose y"), {"nose": ("nose x", "nose y", "")}),
        (("y1", "x1", "y0", "x0"), {"1": ("x1", "y1", ""), "0": ("x0", "y0", "")}),
        (
            ("left_eye_center_x", "left_eye_center_y", "x_center", "y_min", "ymax"),
            {"left_eye_center": ("left_eye_center_x", "left_eye_center_y", "")},
        ),
        (("a_x", "a_y", "v7", "is_visible", "index", "max"), {"a": ("a_x", "a_y", "")}),
    ],
    ids=str,
)
def test_pairs(names, points):
    assert found(*names) == points


def test_the_order_is_that_of_the_table():
    assert point_columns("t.csv", ("b_x", "a_x", "a_y", "b_y")) == (
        PointColumns("b", "b_x", "b_y"),
        PointColumns("a", "a_x", "a_y"),
    )


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (("x0", "y0", "x1"), "the point '1' has a column 'x1' and none for y"),
        (("nose_y",), "the point 'nose' has a column 'nose_y' and none for x"),
        (("x0", "y0", "0_x"), "'x0' and '0_x' are both x of the point '0'"),
        (("path", "target"), "no columns of points; name them x0, y0.* path, target"),
    ],
)
def test_refusals(names, message):
    with pytest.raises(DataError, match=message):
        found(*names)
