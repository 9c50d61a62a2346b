"""Exploration by hand: factors, limits, and samples."""

import math

import pytest

from trainwell.tuning import Range, explore_point

SPACE = {"lr": Range(1e-6, 1e6), "decay": Range(1e-6, 1e6)}
POINT = {"lr": 0.1, "decay": 0.01}


def test_four_in_five_values_are_multiplied_by_either_factor():
    moved = {name: [] for name in SPACE}
    for word in range(1000):
        new = explore_point(POINT, word, SPACE)
        for name in SPACE:
            moved[name].append(round(new[name] / POINT[name], 6))
    for ratios in moved.values():
        up, down = ratios.count(1.25), ratios.count(0.8)
        # 400 of 1000 each, standard deviation 15.5; the rest is sampled
        assert up == pytest.approx(400, abs=62)
        assert down == pytest.approx(400, abs=62)
    assert moved["lr"] != moved["decay"], "each value by itself"


def test_values_stay_in_the_space():
    narrow = {"lr": Range(0.09, 0.11)}
    values = [explore_point({"lr": 0.1}, word, narrow)["lr"] for word in range(100)]
    assert min(values) == 0.09
    assert max(values) == 0.11
    assert all(0.09 <= value <= 0.11 for value in values)


def test_the_word_decides():
    assert explore_point(POINT, 5, SPACE) == explore_point(POINT, 5, SPACE)
    assert explore_point(POINT, 5, SPACE) != explore_point(POINT, 6, SPACE)


def test_a_population_moves_by_a_quarter_or_samples_again():
    space = {"rate": Range(1e-4, 1.0), "decay": Range(1e-6, 1e-2)}
    point = {"rate": 0.01, "decay": 1e-2}
    found = [explore_point(point, word, space) for word in range(1000)]
    rates = [p["rate"] for p in found]
    up, down = (sum(x == pytest.approx(r) for x in rates) for r in (0.0125, 0.008))
    sigma = math.sqrt(1000 * 0.4 * 0.6)
    assert abs(up - 400) < 5 * sigma
    assert abs(down - 400) < 5 * sigma
    assert all(1e-4 <= x <= 1.0 for x in rates)
    assert max(p["decay"] for p in found) == 1e-2
    assert explore_point(point, 5, space) == found[5]
