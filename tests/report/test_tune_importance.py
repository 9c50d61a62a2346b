"""How much of the scores each searched field explains: cases with known answers."""

import itertools

import pytest

from trainwell.report._tune_importance import importance
from trainwell.tuning import Range, Trial, TrialSpec

SPACE = {"rate": Range(1e-4, 1.0), "decay": Range(1e-6, 1e-2)}


def trial(number, rate, decay, score, *, stage="coarse", state="complete"):
    point = {"rate": rate, "decay": decay}
    return Trial(number, TrialSpec(stage, "random", point, 1.0), score, (), state)


def grid(score, side=5):
    """Trials of a grid, with the score of each of its places."""
    places = itertools.product(range(side), repeat=2)
    return [
        trial(
            i, 10.0 ** (a - 4), 10.0 ** (b - 6), score(a / (side - 1), b / (side - 1))
        )
        for i, (a, b) in enumerate(places)
    ]


def test_the_field_that_decides_alone_explains_all():
    assert importance(grid(lambda a, b: a), SPACE) == pytest.approx(
        {"rate": 1.0, "decay": 0.0}, abs=0.02
    )
    assert importance(grid(lambda a, b: 1 - b), SPACE) == pytest.approx(
        {"rate": 0.0, "decay": 1.0}, abs=0.02
    )


def test_two_fields_that_decide_alike_share_it():
    found = importance(grid(lambda a, b: a + b), SPACE)
    assert found == pytest.approx({"rate": 0.5, "decay": 0.5}, abs=0.1)
    assert sum(found.values()) == pytest.approx(1)


def test_twice_the_effect_is_four_times_the_variance():
    found = importance(grid(lambda a, b: 2 * a + b), SPACE)
    assert found == pytest.approx({"rate": 0.8, "decay": 0.2}, abs=0.1)


def test_the_same_trials_give_the_same_answer_and_the_greatest_comes_first():
    trials = grid(lambda a, b: a + 2 * b)
    assert importance(trials, SPACE) == importance(trials, SPACE)
    assert list(importance(trials, SPACE)) == ["decay", "rate"]


@pytest.mark.parametrize("state", ["failed", "pruned"])
def test_trials_that_did_not_come_to_their_end_say_nothing(state):
    trials = grid(lambda a, b: a)
    others = [trial(99 + i, 1.0, 1e-6, 0.0, state=state) for i in range(9)]
    assert importance(trials + others, SPACE) == importance(trials, SPACE)


@pytest.mark.parametrize("stage", ["refine 1", "repeat"])
def test_trials_of_other_stages_do_not_compare(stage):
    trials = grid(lambda a, b: a)
    others = [trial(99 + i, 1.0, 10.0 ** (-2 - i), 9.0, stage=stage) for i in range(5)]
    assert importance(trials + others, SPACE) == importance(trials, SPACE)


def test_nothing_is_said_of_fewer_than_six_trials():
    trials = grid(lambda a, b: a + b)[::4]
    assert len(trials) == 7
    assert importance(trials[:1], SPACE) == importance(trials[:5], SPACE) == {}
    assert importance([], SPACE) == {}
    assert set(importance(trials[:6], SPACE)) == {"rate", "decay"}


def test_nothing_is_said_where_all_scores_are_equal():
    assert importance(grid(lambda a, b: 0.5), SPACE) == {}


def test_nothing_is_said_of_one_field_alone():
    trials = grid(lambda a, b: a)
    assert importance(trials, {"rate": SPACE["rate"]}) == {}


def test_points_outside_the_ranges_count():
    """The recipe as it is may lie outside."""
    trials = [trial(50, 3.0, 1e-8, 0.0), *grid(lambda a, b: b)]
    assert sum(importance(trials, SPACE).values()) == pytest.approx(1)
