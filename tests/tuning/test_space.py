"""Ranges and points in them."""

import math

import numpy as np
import pytest

from trainwell.tuning import (
    Choices,
    Conditional,
    Range,
    grid_points,
    narrowed,
    random_point,
)
from trainwell.tuning._space import num_points, unused_point

RATE, SHARE = Range(1e-4, 1e0), Range(-1.0, 3.0, log=False)
SPACE = {"rate": RATE, "share": SHARE}


def test_values_by_hand():
    assert RATE.at(0.5) == pytest.approx(1e-2)
    assert SHARE.at(0.25) == 0.0
    for values in (RATE, SHARE):
        assert values.at(0) == values.low
        assert values.at(1) == pytest.approx(values.high)
        assert values.share(values.at(0.3)) == pytest.approx(0.3)


def test_random_points_are_log_uniform_and_independent():
    points = [random_point(SPACE, seed=3, number=i) for i in range(4000)]
    logs = np.array([math.log10(p["rate"]) for p in points])
    shares = np.array([p["share"] for p in points])
    sigma = 1 / math.sqrt(12 * 4000)  # of a mean of uniform draws on [0, 1)
    assert abs(logs.mean() + 2) < 5 * 4 * sigma
    assert abs(shares.mean() - 1) < 5 * 4 * sigma
    assert abs(np.corrcoef(logs, shares)[0, 1]) < 5 / math.sqrt(4000)
    assert -4 <= logs.min() < -3.98
    assert -0.02 < logs.max() <= 0


def test_a_point_depends_on_seed_and_number_alone():
    one = random_point(SPACE, seed=1, number=7)
    assert random_point(dict(reversed(SPACE.items())), seed=1, number=7) == one
    assert random_point(SPACE, seed=2, number=7) != one
    assert random_point(SPACE, seed=1, number=8) != one


def test_a_grid_has_the_middles_of_equal_parts():
    grid = grid_points(SPACE, 9)
    assert len(grid) == 9
    assert sorted({round(p["share"], 6) for p in grid}) == [-0.333333, 1.0, 2.333333]
    assert sorted({p["rate"] for p in grid}) == pytest.approx(
        [10 ** (-4 + 4 * (i + 0.5) / 3) for i in range(3)]
    )
    assert len({(p["rate"], p["share"]) for p in grid}) == 9
    assert len(grid_points(SPACE, 8)) == 4
    assert grid_points(SPACE, 1) == ({"rate": pytest.approx(1e-2), "share": 1.0},)


@pytest.mark.parametrize("rate", [1e-4, 1e-2, 0.9])
def test_a_narrowed_space_has_its_width_and_holds_the_centre(rate):
    near = narrowed(SPACE, {"rate": rate, "share": 0.0}, 0.25)["rate"]
    assert math.log10(near.high / near.low) == pytest.approx(1.0)
    assert RATE.low * 0.999999 <= near.low <= rate * 1.000001
    assert rate * 0.999999 <= near.high <= RATE.high * 1.000001
    if rate == 1e-2:
        assert near.low == pytest.approx(10**-2.5)


@pytest.mark.parametrize("wrong", [(1.0, 1.0), (2.0, 1.0), (0.0, 1.0)])
def test_messages(wrong):
    with pytest.raises(ValueError, match="`low` must be below `high`"):
        Range(*wrong)
    with pytest.raises(ValueError, match="`width` must be"):
        narrowed(SPACE, {"rate": 1.0, "share": 0.0}, 1.5)


CONDITIONAL = {
    "name": Choices(("sgd", "adamw", "none")),
    "lr": Conditional(
        ("name",), {("sgd",): Range(0.01, 1.0), ("adamw",): Range(1e-4, 1e-2)}
    ),
}


def test_random_points_have_what_their_names_say():
    points = [random_point(CONDITIONAL, seed=0, number=n) for n in range(300)]
    for name, low, high in (("sgd", 0.01, 1), ("adamw", 1e-4, 1e-2)):
        rates = [p["lr"] for p in points if p["name"] == name]
        assert 70 < len(rates) < 130
        assert low <= min(rates) < 1.2 * low * (high / low) ** 0.05
        assert max(rates) <= high
    assert all("lr" not in p for p in points if p["name"] == "none")


def test_a_grid_over_names_has_each_point_once():
    points = grid_points(CONDITIONAL, 9)
    assert [(p["name"], round(p.get("lr", 0), 4)) for p in points] == [
        ("sgd", 0.0215), ("sgd", 0.1), ("sgd", 0.4642),
        ("adamw", 0.0002), ("adamw", 0.001), ("adamw", 0.0046),
        ("none", 0),
    ]  # fmt: skip


def test_near_a_point_its_names_stay():
    near = narrowed(CONDITIONAL, {"name": "adamw", "lr": 1e-3}, 0.5)
    assert near["name"] == Choices(("adamw",))
    assert (near["lr"].low, near["lr"].high) == pytest.approx((10**-3.5, 10**-2.5))
    alone = narrowed(CONDITIONAL, {"name": "none"}, 0.5)
    assert list(alone) == ["name"]
    assert random_point(alone, seed=0, number=3) == {"name": "none"}


def test_a_used_point_is_sampled_again():
    space = {"name": Choices(tuple("abcd"))}
    used = []
    for number in range(4):
        used.append(unused_point(space, used, seed=0, number=number))
    assert sorted(p["name"] for p in used) == list("abcd")
    assert unused_point(space, [], seed=3, number=5) == random_point(
        space, seed=3, number=5
    )
    assert unused_point(space, used, seed=0, number=5) in used


def test_the_number_of_points():
    names = Choices(("sgd", "adamw"))
    assert num_points({"a": names, "b": Choices((1, 2, 4))}) == 6
    assert num_points({"a": names, "lr": Range(0.1, 1)}) == math.inf
