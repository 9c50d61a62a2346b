"""The scores that a summary keeps of validation and test."""

from types import SimpleNamespace

import numpy as np
import pytest

from trainwell.runs.training._split_metrics import class_scores, split_metrics
from trainwell.tasks import Classification
from trainwell.training import Evaluation

TASK = Classification(("a", "b"))


def evaluation(answers, targets, classes):
    task = Classification(("a", "b", "c")[:classes])
    return Evaluation(
        task, np.eye(classes, dtype=np.float32)[answers] * 0.9 + 0.01, np.array(targets)
    )


def test_every_metric_of_each_split():
    val = evaluation([0, 0, 1, 0], [0, 0, 1, 1], 2)
    found = split_metrics([SimpleNamespace(name="val", evaluation=val)], TASK)
    assert found["test"] is None
    assert found["val"]["accuracy"] == 0.75
    assert found["val"]["balanced_accuracy"] == 0.75
    assert found["val"]["kappa"] == pytest.approx(0.5)
    assert set(found["val"]) == {
        "accuracy",
        "auc",
        "balanced_accuracy",
        "f1",
        "kappa",
        "loss",
    }


def test_what_is_not_defined_is_left_out():
    one = evaluation([0, 0], [0, 0], 2)
    found = split_metrics([SimpleNamespace(name="test", evaluation=one)], TASK)
    assert "auc" not in found["test"]


def test_right_answers_by_class():
    found = class_scores(evaluation([0, 0, 0, 2], [0, 1, 1, 2], 3))
    assert [(c.name, c.right, c.count) for c in found] == [
        ("a", 1, 1),
        ("b", 0, 2),
        ("c", 1, 1),
    ]
