"""Classes that are numbers."""

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from trainwell.metrics import (
    class_values,
    cumulative_score,
    mean_absolute_error,
    mean_values,
    nearest_classes,
    quadratic_kappa,
    scores,
)

AGES = (20.0, 25.0, 60.0)
P = np.array([[0.5, 0.5, 0.0], [0.0, 0.1, 0.9], [1.0, 0.0, 0.0]])


@pytest.mark.parametrize(
    ("names", "values"),
    [
        (("20", "25", "60"), AGES),
        (("-1.5", "1e3"), (-1.5, 1000.0)),
        (("3", "cat"), None),
        (("1", "nan"), None),
        (("1", "inf"), None),
    ],
)
def test_names_that_are_numbers(names, values):
    assert class_values(names) == values


def test_the_answer_is_the_mean():
    assert mean_values(P, AGES) == pytest.approx([22.5, 56.5, 20.0])
    # |22.5 - 25|, |56.5 - 60|, |20 - 25|
    targets = np.array([1, 2, 1])
    assert mean_absolute_error(P, targets, AGES) == pytest.approx(11 / 3)
    assert scores(P, targets, AGES)["mae"] == pytest.approx(11 / 3)
    assert "mae" not in scores(P, targets)


def test_the_nearest_class():
    means = np.array([19.0, 22.4, 22.5, 22.6, 42.6, 90.0])
    assert nearest_classes(means, AGES).tolist() == [0, 0, 0, 1, 2, 2]


def test_the_share_of_errors_up_to_a_limit():
    errors = np.array([-5.0, 5.0, 5.1, -5.1, 0.0])
    assert cumulative_score(errors, 5) == 3 / 5
    assert cumulative_score(errors, 0) == 1 / 5
    assert cumulative_score(np.array([0.8 - 0.5]), 0.3) == 1  # by rounding above it


@pytest.mark.parametrize("classes", [2, 3, 6])
def test_quadratic_kappa_beside_a_trusted_implementation(classes):
    rng = np.random.default_rng(classes)
    targets = rng.integers(classes, size=80)
    answers = (targets + (rng.random(80) < 0.3)).clip(0, classes - 1)
    peer = cohen_kappa_score(
        targets, answers, weights="quadratic", labels=np.arange(classes)
    )
    assert quadratic_kappa(answers, targets) == pytest.approx(peer)
    skipping = 2 * targets, 2 * answers  # classes that do not occur stay between
    assert quadratic_kappa(*skipping) == pytest.approx(peer)


def test_quadratic_kappa_written_out_for_unequal_steps():
    rng = np.random.default_rng(0)
    values = np.array(AGES)
    a, b = values[rng.integers(3, size=30)], values[rng.integers(3, size=30)]
    seen = sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) / 30
    chance = sum((x - y) ** 2 for x in a for y in b) / 900
    assert quadratic_kappa(a, b) == pytest.approx(1 - seen / chance)


def test_quadratic_kappa_at_its_ends():
    assert quadratic_kappa(np.array([0, 1, 2]), np.array([0, 1, 2])) == 1
    assert quadratic_kappa(np.array([2, 0]), np.array([0, 2])) == -1
    assert quadratic_kappa(np.array([1, 1]), np.array([1, 1])) == 0
    assert quadratic_kappa(np.array([1, 1]), np.array([0, 2])) == 0
