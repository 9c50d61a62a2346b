"""The rate that really lowers the loss."""

import math

import pytest

from trainwell.tuning import LrRangeTest, choose_lr, lowers_loss, lr_range_test


def test_how_soon_a_rate_lowers_the_loss(bowl):
    """Mean of losses x^2 / 2 + 0.1 over ten steps, x shrinking by 0.9 a step."""
    found = lowers_loss(bowl, 0.1)
    losses = [0.9 ** (2 * i) / 2 + 0.1 for i in range(100)]
    steps = next(
        i for i in range(10, 100) if sum(losses[i - 10 : i]) / 10 < 0.85 * losses[0]
    )
    assert (found.steps, found.passed) == (steps, True)
    assert found.first == pytest.approx(0.6)
    assert found.last == pytest.approx(sum(losses[steps - 10 : steps]) / 10)


def test_a_rate_too_low_or_too_high_does_not(bowl):
    low = lowers_loss(bowl, 1e-4, 50)
    assert (low.passed, low.steps) == (False, 50)
    high = lowers_loss(bowl, 9.0, 50)
    assert (high.passed, high.last) == (False, math.inf)
    assert high.steps < 20


def test_the_quickest_rate_is_chosen(bowl):
    test = lr_range_test(bowl(), low=1e-4, high=1e3, steps=100)
    found = choose_lr(bowl, test, own=1e-3)
    assert found.passed
    assert found.trials[0].rules == ("recipe",)
    assert not found.trials[0].passed
    best = min(t.steps for t in found.trials if t.passed)
    assert next(t.steps for t in found.trials if t.rate == found.rate) == best
    assert set(found.rules) == {"steepest", "minimum", "valley", "slide"}


def test_of_equally_quick_rates_the_recipes_own_wins(bowl):
    test = LrRangeTest((1.0,), (1.0,), False)
    assert choose_lr(bowl, test, own=0.9).rate == 0.9
    wide = lr_range_test(bowl(), low=1e-4, high=1e3, steps=100)
    assert choose_lr(bowl, wide, own=0.8).rate == 0.8


def test_none_is_said_where_none_helps(bowl):
    found = choose_lr(bowl, LrRangeTest((1.0,), (1.0,), True), own=1e-6, steps=20)
    assert (found.passed, found.rate, found.rules) == (False, 1e-6, {})


def test_rules_that_agree_are_tried_once(bowl):
    losses = tuple(3.0 - i * 0.02 for i in range(100))
    rates = tuple(1e-4 * 1.001**i for i in range(100))
    found = choose_lr(bowl, LrRangeTest(rates, losses, False), own=1.0, steps=20)
    assert len(found.trials) < 5
    assert sum(len(t.rules) for t in found.trials) == 5


def test_where_time_is_short_the_recipes_own_rate_is_tried_alone(bowl):
    test = lr_range_test(bowl(), low=1e-4, high=1e3, steps=100)
    found = choose_lr(bowl, test, own=0.5, more=lambda: False)
    assert [t.rules[0] for t in found.trials] == ["recipe"]
    assert (found.passed, found.rate) == (True, 0.5)


def test_messages(bowl):
    with pytest.raises(ValueError, match="`steps - 9` must be positive"):
        lowers_loss(bowl, 0.1, 9)
