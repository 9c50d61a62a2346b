"""Rounds of refinement on a hill whose top is known."""

import math

import pytest
from tests.tuning.hill import DEFAULT, SPACE, Hill

from trainwell.tuning import (
    Choices,
    Range,
    Stage,
    Trial,
    best_of,
    coarse_search,
    refine_search,
)


@pytest.mark.parametrize("sampler", ["random", "grid", "tpe"])
def test_rounds_close_in_on_the_top(sampler):
    hill = Hill()
    coarse = coarse_search(hill, DEFAULT, SPACE, Stage(0, 9, 1.0, 5))
    stage = Stage(9, 5, 4.0, 5, sampler)
    start = coarse.best.spec.point
    found = refine_search(hill, start, SPACE, stage, lambda number: number <= 4)
    assert [t.number for r in found.rounds for t in r.trials] == list(range(9, 29))
    widths = [
        math.log(r.space["rate"].high / r.space["rate"].low) for r in found.rounds
    ]
    whole = math.log(1e4)
    assert widths == pytest.approx([whole / 2, whole / 4, whole / 8, whole / 16])
    best = coarse.best
    for number, part in enumerate(found.rounds, 1):
        first = part.trials[0].spec
        assert (first.point, first.origin) == (best.spec.point, "best")
        for trial in part.trials:
            assert trial.spec.stage == f"refine {number}"
            assert not trial.spec.decays
            for name, values in part.space.items():
                x = trial.spec.point[name]
                assert values.low * 0.9999 <= x <= values.high * 1.0001
        best = best_of([best, *part.trials])
    assert found.best.score >= coarse.best.score
    assert found.best.score > 0.97


def test_a_round_that_is_cut_short_is_the_last():
    start = DEFAULT
    found = refine_search(
        Hill(7), start, SPACE, Stage(0, 5, 1.0, 0), lambda number: number < 9
    )
    assert [len(r.trials) for r in found.rounds] == [5, 2]
    none = refine_search(
        Hill(), start, SPACE, Stage(0, 5, 1.0, 0), lambda number: False
    )
    assert (none.best, none.passed) == (None, False)


def _random(numbers, propose):
    return [Trial(n, propose(n, []), 0.5, (), "complete") for n in numbers]


def test_names_alone_are_one_trial_in_one_round():
    space, point = {"model": Choices(("mlp", "lenet"))}, {"model": "lenet"}
    stage = Stage(9, 4, 1.0, 0)
    found = refine_search(_random, point, space, stage, lambda number: number < 4)
    assert [t.spec.point for r in found.rounds for t in r.trials] == [point]
    assert found.exhausted


def test_no_value_beside_a_range_is_tried_twice():
    space = {"p": Range(0.05, 0.5, log=False, beside=(0.0,))}
    for seed in range(20):
        stage = Stage(6, 4, 1.0, seed)
        found = refine_search(_random, {"p": 0.0}, space, stage, lambda n: n < 2)
        points = [t.spec.point["p"] for t in found.rounds[0].trials]
        assert len(set(points)) == 4
