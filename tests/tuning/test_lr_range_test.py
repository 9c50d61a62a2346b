"""Step 3: the range test."""

import math

import pytest

from trainwell.tuning import lr_range_test


class Told:
    """Says losses that are given, and remembers the rates."""

    def __init__(self, losses):
        self.losses, self.rates = list(losses), []

    def step(self, rate):
        self.rates.append(rate)
        return self.losses[len(self.rates) - 1]

    def quality(self):
        return 0.0


def test_rates_rise_by_equal_factors():
    told = Told([1.0] * 13)
    found = lr_range_test(told, low=1e-4, high=1e2, steps=13)
    assert told.rates == pytest.approx([1e-4 * 10 ** (i / 2) for i in range(13)])
    assert found.rates == tuple(told.rates)
    assert not found.burst


def test_losses_are_smoothed_without_bias():
    losses = [4.0, 3.0, 5.0, 1.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0]
    found = lr_range_test(Told(losses), low=1e-3, high=1.0, steps=10)
    slow = []
    for i in range(10):
        weights = [0.8 ** (i - j) for j in range(i + 1)]
        pairs = zip(weights, losses, strict=False)
        slow.append(sum(w * x for w, x in pairs) / sum(weights))
    assert found.losses == pytest.approx(slow)


@pytest.mark.parametrize("last", [math.nan, math.inf, 1e3])
def test_a_burst_ends_the_test_and_is_not_shown(last):
    found = lr_range_test(Told([1.0] * 7 + [last] + [1.0] * 9), low=1, high=9, steps=17)
    assert found.burst
    assert found.losses == pytest.approx([1.0] * 7)
    assert len(found.rates) == 7


def test_a_bowl_bursts_beyond_twice_its_inverse_curvature(bowl):
    found = lr_range_test(bowl(curvature=10.0), low=1e-4, high=1e3, steps=200)
    assert found.burst
    assert found.rates[-1] > 0.2


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"low": 0.0}, "`low` must be positive"),
        ({"high": 1e-3}, "`high - low` must be positive"),
        ({"steps": 9}, "`steps - 9` must be positive"),
    ],
)
def test_messages(bowl, wrong, message):
    with pytest.raises(ValueError, match=message):
        lr_range_test(bowl(), **{"low": 1e-3, "high": 1.0, "steps": 10, **wrong})
