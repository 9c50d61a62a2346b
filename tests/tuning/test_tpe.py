"""Points by Optuna's estimator, and trials that are given up."""

import math

import pytest

from trainwell.tuning import (
    Range,
    Trial,
    TrialSpec,
    explore_point,
    random_point,
    should_prune,
    tpe_point,
)

SPACE = {"rate": Range(1e-4, 1.0)}


def tried(number, rate, score):
    spec = TrialSpec("coarse", "random", {"rate": rate}, 1.0)
    return Trial(number, spec, score, (), "complete")


FINISHED = [
    tried(i, x, 1 - abs(math.log10(x) + 2) / 4)
    for i, x in enumerate(
        random_point(SPACE, seed=0, number=n)["rate"] for n in range(25)
    )
]


def test_points_gather_where_scores_are_high():
    rates = [
        tpe_point(SPACE, FINISHED, seed=4, number=n)["rate"] for n in range(25, 45)
    ]
    near = sum(abs(math.log10(x) + 2) < 1 for x in rates)
    assert near >= 15  # of 20; uniform draws give 10
    assert len(set(rates)) == 20


def test_a_point_depends_on_seed_number_and_finished_trials_alone():
    one = tpe_point(SPACE, FINISHED, seed=4, number=30)
    assert tpe_point(SPACE, FINISHED[::-1], seed=4, number=30) == one
    assert tpe_point(SPACE, FINISHED, seed=4, number=31) != one
    assert tpe_point(SPACE, FINISHED, seed=5, number=30) != one
    assert tpe_point(SPACE, FINISHED[:8], seed=4, number=30) != one


def test_trials_outside_of_the_space_are_left_out():
    far = [*FINISHED, tried(99, 5.0, 100.0)]
    one = tpe_point(SPACE, FINISHED, seed=4, number=30)
    assert tpe_point(SPACE, far, seed=4, number=30) == one


def curve(number, *accuracies):
    spec = TrialSpec("refine 1", "random", {}, 4.0)
    lines = tuple({"val_accuracy": a} for a in accuracies)
    return Trial(number, spec, accuracies[-1], lines, "complete")


OTHERS = [curve(i, *(0.1 * i + 0.01 * k for k in range(8))) for i in range(6)]


def test_the_median_counts_from_the_second_evaluation_on():
    assert not should_prune([0.0], OTHERS, "median")
    assert should_prune([0.0, 0.0], OTHERS, "median")
    assert not should_prune([0.9, 0.9], OTHERS, "median")
    assert not should_prune([0.0, 0.0], OTHERS[:3], "median")


def test_halving_keeps_the_better_half():
    assert should_prune([0.14], OTHERS, "halving")
    assert not should_prune([0.46], OTHERS, "halving")
    assert not should_prune([0.0], [], "halving")
    assert not should_prune([0.9, 0.0, 0.0], OTHERS, "halving")  # 3 is between 2 and 4


def test_none_gives_up_nothing():
    assert not should_prune([0.0, 0.0], OTHERS, "none")
    with pytest.raises(ValueError, match="Did you mean `median`"):
        should_prune([0.0], [], "medain")


def test_a_population_moves_by_a_quarter_or_draws_anew():
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
