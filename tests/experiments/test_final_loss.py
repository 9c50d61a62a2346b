"""What trains: the last losses over that of guessing, and the line they must pass."""

from math import inf, log

import pytest
from matplotlib.figure import Figure

from trainwell.experiments import TRAINS, draw_final_losses, final_loss


def test_the_last_twenty_count():
    assert final_loss([9.0, *[log(4)] * 20], 4) == pytest.approx(1.0)
    assert final_loss([log(4)] * 10 + [2 * log(4)] * 10, 4) == pytest.approx(1.5)


def test_worse_than_three_times_guessing_is_all_the_same():
    assert final_loss([9 * log(2)] * 20, 2) == final_loss([inf], 2) == 3.0


def test_the_line_is_drawn():
    runs = [{"a": [0.5, 1.0]}]
    axes = draw_final_losses(Figure(), runs, ["a"], x=[1, 10], xlabel="rate")
    assert list(axes.get_lines()[-1].get_ydata()) == [TRAINS, TRAINS]
    assert (axes.get_xscale(), axes.get_ylim()) == ("log", (0, 1.5))
