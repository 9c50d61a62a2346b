"""Predictions as tables, with an answer that is unknown."""

import csv
import io
import json
from dataclasses import replace

import numpy as np
import pytest

from trainwell.cli._prediction_tables import as_csv, as_json, as_lines
from trainwell.infer import Prediction
from trainwell.runs import with_unknown


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
    as_csv(found, found[0].classes, 1, every_class=True)
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


def test_the_mean_of_numbers_stands_in_every_form(found, capsys):
    found = [replace(found[1], mean=27.5)]
    assert as_lines(found, 1) == ["1.png  fox  0.9000  mean 27.5"]
    assert json.loads(as_json(found))[0]["mean"] == 27.5
    for every_class in (False, True):
        as_csv(found, found[0].classes, 1, every_class=every_class)
        (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
        assert row["mean"] == "27.5"
