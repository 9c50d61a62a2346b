"""Classes in order: the answer is the mean, a near miss costs little."""

import math

import numpy as np
import pytest
import torch
from sklearn import metrics as peer

from trainwell.tasks import Ordinal, read_task

RNG = np.random.default_rng(0)
NAMES = ("0", "0.33", "0.67", "1")
VALUES = np.array([0, 0.33, 0.67, 1])
TASK = Ordinal.made(NAMES, np.zeros(1, np.int64), {})
TARGETS = RNG.integers(0, 4, 100)
P = RNG.dirichlet(np.ones(4), 100)


def test_values_are_the_names_and_the_loss_has_them_in_steps():
    assert TASK.class_values == (0.0, 0.33, 0.67, 1.0)
    step = 0.33  # the median of 0.33, 0.34, 0.33
    assert TASK.loss_arguments()["values"] == pytest.approx(VALUES / step)


def test_metrics_are_those_of_the_mean():
    found = TASK.scores(P, TARGETS)
    answers = [sum(p * v for p, v in zip(row, VALUES, strict=True)) for row in P]
    errors = [abs(a - VALUES[y]) for a, y in zip(answers, TARGETS, strict=True)]
    nearest = [min(range(4), key=lambda k: abs(VALUES[k] - a)) for a in answers]
    assert found["mae"] == pytest.approx(np.mean(errors))
    assert found["within_one_step"] == np.mean([e <= 0.33 for e in errors])
    assert found["accuracy"] == peer.accuracy_score(TARGETS, nearest)
    kappa = slow_kappa([VALUES[k] for k in nearest], VALUES[TARGETS])
    assert found["quadratic_kappa"] == pytest.approx(kappa)
    assert found["loss"] == pytest.approx(-np.mean(np.log(P[np.arange(100), TARGETS])))


def slow_kappa(a, b):
    """Return 1 - observed / expected squared difference."""
    seen = np.mean([(x - y) ** 2 for x, y in zip(a, b, strict=True)])
    return 1 - seen / np.mean([(x - y) ** 2 for x in a for y in b])


def test_the_answer_is_the_class_nearest_to_the_mean():
    said = TASK.prediction("a.png", np.array([0.4, 0.0, 0.3, 0.3], np.float32))
    assert said.mean == pytest.approx(0.501)
    assert said.label == "0.67"
    assert said.probability == pytest.approx(0.3)
    assert said.words(1) == ["0.67", "0.3000", "mean", "0.5010"]


def test_informative_images_have_the_largest_errors():
    p = np.full((6, 4), 0.01)
    p[np.arange(6), [0, 1, 2, 3, 0, 1]] = 0.97
    targets = np.array([0, 1, 2, 0, 1, 1])
    assert TASK.informative(p, targets, 2).tolist() == [3, 4]


def test_breakdown_by_class():
    rows = TASK.breakdown(P, np.full(100, 2))
    answers = P @ VALUES
    assert rows == [
        {
            "class": "0.67",
            "mean_answer": pytest.approx(answers.mean()),
            "mae": pytest.approx(np.abs(answers - 0.67).mean()),
            "num_images": 100,
        }
    ]
    assert TASK.outcomes(P, TARGETS) == []


def test_one_answer_for_all_has_no_agreement():
    same = np.tile(P[0], (100, 1))
    assert TASK.scores(same, TARGETS)["quadratic_kappa"] == pytest.approx(0, abs=1e-12)
    assert TASK.chance(TARGETS) == 0.0


def test_an_undefined_metric_is_left_out():
    """All of one class, all answered so: agreement beyond chance is not defined."""
    sure = np.tile([0.0, 1.0, 0.0, 0.0], (5, 1))
    found = TASK.scores(sure, np.ones(5, np.int64))
    assert all(math.isfinite(value) for value in found.values())
    assert found["mae"] == 0


def test_outputs_are_classes_and_it_comes_back():
    assert TASK.predictions(torch.zeros(1, 4)).tolist() == [[0.25] * 4]
    tree = {"task": "ordinal", "classes": [*NAMES], "class_values": [*VALUES]}
    assert read_task(tree) == TASK


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ((1.0, 0.0), "not in the order of their values"),
        (None, "not in the order of their values"),
        ((1.0, 1.0), "not in the order of their values"),
        ((1.0,), "another number of values"),
    ],
)
def test_values_that_are_in_no_order(values, text):
    TASK.check(4)
    with pytest.raises(ValueError, match=text):
        Ordinal(("a", "b"), values).check(2)
