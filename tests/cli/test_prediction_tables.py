"""Predictions as tables, with an answer that is unknown."""

import csv
import io
import json

import numpy as np
import pytest

from trainwell.cli._prediction_tables import (
    as_csv,
    as_json,
    as_lines,
    contest_answer,
)
from trainwell.core.errors import UserError
from trainwell.infer import Prediction
from trainwell.runs import with_unknown
from trainwell.tasks import Classification, NumberPrediction, PointPrediction


@pytest.fixture
def found():
    classes = ("cat", "dog", "fox")
    rows = ((0.5, 0.3, 0.2), (0.05, 0.05, 0.9))
    answers = [
        Prediction(
            f"{i}.png",
            classes[int(np.argmax(r))],
            max(r),
            np.array(r, np.float32),
            classes,
        )
        for i, r in enumerate(rows)
    ]
    return [with_unknown(answer, 0.6) for answer in answers]


def test_lines_name_the_unknown(found):
    assert as_lines(found, 2) == [
        "0.png  unknown  0.5000  dog  0.3000",
        "1.png  fox  0.9000  cat  0.0500",
    ]


def test_a_column_for_every_class(found, capsys):
    as_csv(found, Classification(found[0].classes), 1, all_outputs=True)
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert list(rows[0]) == ["path", "label", "cat", "dog", "fox"]
    assert [row["label"] for row in rows] == ["unknown", "fox"]
    assert float(rows[1]["fox"]) == pytest.approx(0.9)


def test_json_has_all_probabilities(found):
    first, second = json.loads(as_json(found))
    assert first == {
        "path": "0.png",
        "label": "unknown",
        "probability": 0.5,
        "probabilities": {"cat": 0.5, "dog": 0.3, "fox": 0.2},
    }
    assert second["label"] == "fox"


@pytest.fixture
def ages():
    values = np.array([0.25, 0.75], np.float32)
    return [Prediction("a.png", "30", 0.75, values, ("20", "30"), 27.5)]


def test_a_mean_is_in_every_form(ages, capsys):
    assert as_lines(ages, 2) == ["a.png  30  0.7500  20  0.2500  mean  27.5000"]
    assert json.loads(as_json(ages))[0]["mean"] == 27.5
    for every_class, head in (
        (False, ["path", "class_1", "probability_1", "mean"]),
        (True, ["path", "label", "20", "30", "mean"]),
    ):
        as_csv(ages, Classification(ages[0].classes), 1, all_outputs=every_class)
        (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
        assert list(row) == head
        assert float(row["mean"]) == 27.5


def test_the_points_that_a_contest_asks_for(tmp_path):
    names = ("a", "b", "c")
    points = np.array([[1, 2], [3, 4], [5, 6.25]], np.float32)
    found = [PointPrediction(f"in/{i}.png", names, points + i) for i in range(3)]
    table = tmp_path / "test_points.csv"
    table.write_text("file_name\tpoint_index_list\n2.png\t[2, 0]\n0.png\t[1, 1]\n")
    assert contest_answer(table, found).splitlines() == [
        "file_name,Point_M0_X,Point_M0_Y,Point_M1_X,Point_M1_Y",
        "2.png,7.000,8.250,3.000,4.000",
        "0.png,3.000,4.000,3.000,4.000",
    ]
    with pytest.raises(UserError, match=r"asks for 2\.png, which is not among the 1"):
        contest_answer(table, found[:1])
    other = NumberPrediction("a.png", ("age",), ("",), (3.0,))
    with pytest.raises(UserError, match="this model answers none"):
        contest_answer(table, [other])
