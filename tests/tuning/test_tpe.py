"""Points by Optuna's estimator."""

import math

from trainwell.tuning import (
    Range,
    Trial,
    TrialSpec,
    random_point,
    tpe_point,
)

SPACE = {"rate": Range(1e-4, 1.0)}


def finished(number, rate, score):
    spec = TrialSpec("coarse", "random", {"rate": rate}, 1.0)
    return Trial(number, spec, score, (), "complete")


FINISHED = [
    finished(i, x, 1 - abs(math.log10(x) + 2) / 4)
    for i, x in enumerate(
        random_point(SPACE, seed=0, number=n)["rate"] for n in range(25)
    )
]


def test_points_gather_where_scores_are_high():
    rates = [
        tpe_point(SPACE, FINISHED, seed=4, number=n)["rate"] for n in range(25, 45)
    ]
    near = sum(abs(math.log10(x) + 2) < 1 for x in rates)
    assert near >= 15  # of 20; uniform samples give 10
    assert len(set(rates)) == 20


def test_a_point_depends_on_seed_number_and_finished_trials_alone():
    one = tpe_point(SPACE, FINISHED, seed=4, number=30)
    assert tpe_point(SPACE, FINISHED[::-1], seed=4, number=30) == one
    assert tpe_point(SPACE, FINISHED, seed=4, number=31) != one
    assert tpe_point(SPACE, FINISHED, seed=5, number=30) != one
    assert tpe_point(SPACE, FINISHED[:8], seed=4, number=30) != one


def test_trials_outside_of_the_space_are_left_out():
    far = [*FINISHED, finished(99, 5.0, 100.0)]
    one = tpe_point(SPACE, FINISHED, seed=4, number=30)
    assert tpe_point(SPACE, far, seed=4, number=30) == one
