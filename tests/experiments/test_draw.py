"""Pictures of numbers: what is drawn where."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from trainwell.experiments import column, differences, draw_curves, draw_points, thinned

RUNS = [{"a": 1.0, "b": 5.0}, {"a": 3.0, "b": float("inf")}]


def test_columns():
    assert column(RUNS, "b") == [5.0, float("inf")]
    assert differences(RUNS[:1], "b", "a") == [4.0]


def test_points_and_means():
    axes = draw_points(
        Figure(), RUNS, {"a": "first", "b": "second"}, xlabel="x", log=True
    )
    points, mean, others, other_mean = axes.get_lines()
    assert list(points.get_xdata()) == [1.0, 3.0]
    assert list(mean.get_xdata()) == [2.0, 2.0]
    assert list(others.get_xdata()) == [5.0], "infinity is not drawn"
    assert list(other_mean.get_ydata()) == [0.75, 1.25]
    assert [t.get_text() for t in axes.get_yticklabels()] == ["first", "second"]
    assert axes.get_xscale() == "log"


def test_curves_and_their_mean():
    runs = [{"l": [1.0, 2.0]}, {"l": [3.0, float("inf")]}]
    axes = draw_curves(
        Figure(), runs, ["l"], x=[10, 20], xlabel="x", ylabel="y", log=True
    )
    first, second, mean = axes.get_lines()
    assert list(first.get_ydata()) == [1.0, 2.0]
    assert np.isnan(second.get_ydata()[1])
    assert mean.get_ydata()[0] == 2.0
    assert list(mean.get_xdata()) == [10, 20]
    assert axes.get_yscale() == "log"
    one = draw_curves(Figure(), runs[:1], ["l"], xlabel="x", ylabel="y")
    assert [list(line.get_xdata()) for line in one.get_lines()] == [[0.0, 1.0]]


def test_thinned():
    assert thinned([1, 2, 3, 4, 5], 2) == [2.0, 4.5]
    assert thinned([1.0], 100) == [1.0]
    assert thinned(range(1000))[0] == pytest.approx(4.5)
