"""A run is evaluated five times or more, where that takes a tenth of its time."""

import pytest

from trainwell.recipes import evaluation_interval


@pytest.mark.parametrize("num_train", [200, 1283, 5000, 100_000])
@pytest.mark.parametrize("epochs", [4.2, 5, 8, 13, 40, 100])
def test_five_points_or_more(epochs, num_train):
    assert epochs / evaluation_interval(epochs, num_train) >= 5 - 1e-9


@pytest.mark.parametrize(("epochs", "points"), [(0.2, 1), (1, 1), (2, 2), (3, 3)])
def test_short_runs_have_fewer(epochs, points):
    assert epochs / evaluation_interval(epochs, 1000) == pytest.approx(points)


def test_long_runs_keep_their_pace():
    assert evaluation_interval(100, 1283) == 5.0
    assert evaluation_interval(40, 4520) == 3.0
    assert evaluation_interval(30, 60_000) == 1.0
