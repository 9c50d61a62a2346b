"""Labels of an image, and how they are printed."""

import numpy as np
import pytest

from trainwell.core.errors import ArgumentError
from trainwell.tasks import LabelSetPrediction, Multilabel
from trainwell.tasks._label_set_prediction import label_set_table

P = np.array([0.9, 0.2, 0.6], np.float32)
TASK = Multilabel(("cat", "dog", "fox"))
MADE = TASK.prediction("a.png", P)
NONE = TASK.prediction("b.png", P / 10)


def test_labels_reach_their_thresholds_and_one_may_be_hit_exactly():
    assert isinstance(MADE, LabelSetPrediction)
    assert MADE.labels == ("cat", "fox")
    assert NONE.labels == ()
    exact = Multilabel(("cat",), thresholds=(0.5,))
    assert exact.prediction("a", np.array([0.5], np.float32)).labels == ("cat",)


def test_lines():
    assert MADE.words(1) == ["cat", "0.9000", "fox", "0.6000"]
    assert NONE.words(1) == ["no label"]
    assert repr(MADE) == "LabelSetPrediction('a.png', 'cat', 'fox')"
    assert repr(NONE) == "LabelSetPrediction('b.png')"


def test_json_has_every_probability():
    assert MADE.tree() == {
        "labels": ["cat", "fox"],
        "probabilities": {"cat": 0.9, "dog": 0.2, "fox": 0.6},
    }


def test_tables_have_the_set_or_all_columns():
    found = [MADE, NONE]
    assert TASK.table(found, 1, all_outputs=False) == (
        ["labels"], [["cat|fox"], [""]],
    )  # fmt: skip
    head, rows = TASK.table(found, 1, all_outputs=True)
    assert head == ["labels", "cat", "dog", "fox"]
    assert rows[0] == ["cat|fox", "0.900000", "0.200000", "0.600000"]


def test_the_most_probable_labels_whether_said_or_not():
    assert NONE.top(1) == [
        (NONE.names[int(NONE.probabilities.argmax())], NONE.probabilities.max())
    ]
    said = MADE.words(3)
    assert len(said) == 6
    assert said[1::2] == sorted(said[1::2], reverse=True)
    head, (row, _) = label_set_table([MADE, NONE], (), 2)
    assert head == ["labels", "label_1", "probability_1", "label_2", "probability_2"]
    assert row[1:] == MADE.words(2)
    with pytest.raises(ArgumentError, match="`top` must be a whole number > 0, got 0"):
        MADE.top(0)
