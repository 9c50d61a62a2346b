"""Points by Optuna's estimator."""

import math

from trainwell.tuning import (
    Choices,
    Conditional,
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


CONDITIONAL = {
    "noise": Choices(("none", "dropout", "paths")),
    "p": Conditional(("noise",), {("dropout",): Range(0.1, 0.5, log=False)}),
    "decay": Range(1e-5, 1e-2, beside=(0.0,)),
}


def score_of(point):
    """Best with dropout of 0.4 and without decay."""
    own = {"none": 0.2, "paths": 0.1, "dropout": 0.5}[point["noise"]]
    return own - abs(point.get("p", 0.4) - 0.4) + (0.3 if point["decay"] == 0 else 0)


def conditional_trials(count):
    trials = []
    for number in range(count):
        point = tpe_point(CONDITIONAL, trials, seed=1, number=number)
        spec = TrialSpec("coarse", "tpe", point, 1.0)
        trials.append(Trial(number, spec, score_of(point), (), "complete"))
    return trials


def test_names_and_what_they_decide_are_asked_for_in_turn():
    points = [t.spec.point for t in conditional_trials(40)]
    for point in points:
        assert ("p" in point) == (point["noise"] == "dropout")
        assert point["decay"] == 0 or 1e-5 <= point["decay"] <= 1e-2
        assert list(point)[0] == "noise"
    late = points[20:]
    assert sum(p["noise"] == "dropout" for p in late) > 14
    assert sum(p["decay"] == 0 for p in late) > 14
    again = [t.spec.point for t in conditional_trials(12)]
    assert again == points[:12]
