"""Curves of the steps made by hand."""

import math

import numpy as np
import pytest

from trainwell.diagnose._check_loss_curve import check_loss_curve


def name(losses, classes=10):
    found = check_loss_curve(list(losses), classes)
    return found and found.name


DECAY = 2.3 * np.exp(-np.arange(40) / 8)


def test_a_usual_curve_says_nothing():
    assert name(DECAY) is None
    assert name(0.3 + DECAY) is None


@pytest.mark.parametrize(
    ("last", "said"), [(1.25, None), (1.35, "learning rate too high")]
)
def test_a_rise_at_the_end(last, said):
    assert name([2.0] * 4 + [1.0] * 8 + [last] * 4) == said


@pytest.mark.parametrize(("jumps", "said"), [(3, None), (4, "learning rate too high")])
def test_a_tenth_of_jumps(jumps, said):
    losses = [1.0] * 40
    for i in range(jumps):
        losses[10 + 7 * i] = 3.0
    assert name(losses) == said


def test_not_a_number():
    assert name([2.3] * 8 + [math.nan] * 2) == "learning rate too high"


@pytest.mark.parametrize(
    ("begin", "peak", "end", "said"),
    [
        (2.3, 700.0, 2.0, "learning rate too high"),
        (2.3, 4.7, 2.0, "learning rate too high"),
        (2.3, 4.5, 2.0, None),
        (2.3, 700.0, 1.8, None),
        (1e3, 1e6, 50.0, "learning rate too high"),
        (6.0, 13.0, 1.9, "learning rate too high"),
        (6.0, 13.0, 1.8, None),
    ],
)
def test_a_leap_at_the_beginning_from_which_it_does_not_recover(begin, peak, end, said):
    """Of 10 classes: it ends above 0.8 of where it began, or of log 10 = 2.30."""
    assert name([begin, peak, end, end] + [end] * 12) == said


def test_a_leap_later_than_the_first_quarter_is_a_jump():
    assert name([2.3] * 8 + [9.0] + [2.2] * 7) is None


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [(7.5, 3.0, "bad start"), (6.5, 3.0, None), (7.5, 4.0, None)],
)
def test_a_bad_start(first, second, said):
    assert name([first, second, *DECAY]) == said


def test_a_straight_line_is_a_low_rate():
    assert name(np.linspace(2.3, 1.6, 40)) == "learning rate too low"
    assert name(np.linspace(2.3, 1.2, 40)) is None, "it ends below 0.6"
    assert name([2.3] * 40) is None, "it does not fall"
    assert name(np.linspace(2.3, 2.28, 40)) is None, "it hardly falls"
    assert name(np.linspace(2.3, 2.26, 40)) == "learning rate too low"
    slowing = 2.3 - 0.7 * (1 - np.exp(-np.arange(40) / 10))
    assert name(slowing) is None


def test_few_lines():
    assert name([2.3] * 4 + [9.0] * 3) is None
    assert name([2.3] * 4 + [9.0] * 4) == "learning rate too high"
