"""What the rules say of curves whose answers are known."""

import numpy as np
import pytest

from trainwell.tuning import LrRangeTest, lr_rules

RATES = tuple(10.0 ** (-4 + i / 10) for i in range(61))  # 1e-4 to 1e2
LOGS = np.log10(RATES)


def curve(losses):
    return LrRangeTest(RATES, tuple(float(x) for x in losses), False)


def test_a_slope_with_a_known_steepest_point_and_minimum():
    losses = 2 - np.tanh(2 * (LOGS + 2)) + 0.3 * np.maximum(0, LOGS) ** 2
    found = lr_rules(curve(losses - 0.01 * np.minimum(LOGS, 0)))
    assert found["steepest"] == pytest.approx(1e-2, rel=0.3)
    lowest = RATES[int(np.argmin(losses - 0.01 * np.minimum(LOGS, 0)))]
    assert found["minimum"] == pytest.approx(lowest / 10)


def test_valley_is_two_thirds_along_the_longest_fall():
    losses = np.concatenate(
        [np.full(20, 5.0), np.linspace(4.9, 2.0, 30), np.full(11, 9.0)]
    )
    found = lr_rules(curve(losses))
    path = [19, *range(20, 50)]  # a falling subsequence: one of the level and the fall
    assert found["valley"] == pytest.approx(RATES[path[len(path) * 2 // 3]], rel=0.3)


def slow_valley(losses):
    """The definition: by dynamic programming over all pairs."""
    best = [[i] for i in range(len(losses))]
    for i in range(len(losses)):
        for j in range(i):
            if losses[j] > losses[i] and len(best[j]) + 1 > len(best[i]):
                best[i] = [*best[j], i]
    return max(len(x) for x in best)


def test_valley_lies_on_a_longest_falling_subsequence():
    rng = np.random.default_rng(0)
    for _ in range(20):
        losses = 3 - 0.03 * np.arange(61) + rng.normal(size=61) * 0.3
        losses[:7] = 4.0
        found = lr_rules(curve(losses))
        place = RATES.index(found["valley"])
        kept = losses[6:]
        before = [x for x in kept[: place - 6] if x > losses[place]]
        after = [x for x in kept[place - 5 :] if x < losses[place]]
        whole = slow_valley(kept)
        share = slow_valley(before) if before else 0
        assert share == whole * 2 // 3
        assert share + 1 + (slow_valley(after) if after else 0) == whole


def test_slide_is_a_third_of_where_the_loss_climbs():
    losses = np.where(LOGS < 0, 3 - 0.5 * (LOGS + 4), 1.0 + LOGS)
    found = lr_rules(curve(losses))
    climbs = next(r for r, x in zip(RATES, losses, strict=True) if r >= 1 and x > 1.1)
    assert found["slide"] == pytest.approx(climbs / 3)
    falling = lr_rules(curve(4 - 0.1 * LOGS))
    assert falling["slide"] == pytest.approx(RATES[-1] / 3)


def test_the_first_tenth_is_left_out():
    losses = np.concatenate([np.linspace(50, 3, 6), np.linspace(3, 1, 55)])
    assert lr_rules(curve(losses))["steepest"] > RATES[5]


def test_no_fall_no_rate():
    assert lr_rules(curve(np.linspace(1, 2, 61))) == {}
    assert lr_rules(LrRangeTest((1.0, 2.0), (2.0, 1.0), True)) == {}
