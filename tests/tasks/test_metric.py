"""A metric, and the score that is highest for the best."""

import numpy as np

from trainwell.tasks import Metric

P, Y = np.array([1.0, 2.0]), np.array([1.0, 4.0])


def error(predictions, targets):
    return float(np.abs(predictions - targets).mean())


def test_the_best_have_the_highest_score():
    assert Metric(error).score(P, Y) == error(P, Y) == 1.0
    falls = Metric(error, lower_is_better=True)
    assert falls.value(P, Y) == 1.0
    assert falls.score(P, Y) == -1.0
    assert falls.score(Y, Y) > falls.score(P, Y)
