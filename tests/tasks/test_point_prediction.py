"""Points of an image, and how they are printed."""

import numpy as np

from trainwell.tasks import PointPrediction
from trainwell.tasks._point_prediction import point_table

POINTS = np.array([[1.25, 2.5], [3, 4], [5, 6], [7, 8.0626]], np.float32)
NAMES = ("nose", "chin", "left_eye", "right_eye")
MADE = PointPrediction("a.png", NAMES, POINTS)
FEW = PointPrediction("a.png", NAMES[:2], POINTS[:2])


def test_lines_have_the_first_points_and_say_how_many_more():
    first = ["nose", "1.2,2.5", "chin", "3.0,4.0", "left_eye", "5.0,6.0"]
    assert MADE.words(1) == [*first, "(1 more point)"]
    assert MADE.words(4)[-2:] == ["right_eye", "7.0,8.1"]
    assert FEW.words(1) == first[:4]
    assert repr(FEW) == "PointPrediction('a.png', nose=(1.2, 2.5), chin=(3.0, 4.0))"
    assert repr(MADE).endswith("left_eye=(5.0, 6.0), 1 more)")


def test_json_has_every_point():
    assert FEW.tree() == {"points": {"nose": [1.25, 2.5], "chin": [3.0, 4.0]}}


def test_tables_have_the_columns_that_are_read():
    assert point_table([FEW], NAMES[:2]) == (
        ["nose_x", "nose_y", "chin_x", "chin_y"],
        [["1.250", "2.500", "3.000", "4.000"]],
    )
    assert point_table([], ("0", "1"))[0] == ["x0", "y0", "x1", "y1"]
