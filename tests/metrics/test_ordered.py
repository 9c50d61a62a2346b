"""Classes that are numbers."""

import numpy as np
import pytest

from trainwell.metrics import (
    class_values,
    mean_absolute_error,
    mean_values,
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
