"""The rank of trials: equals, one alone, those that came to no end, two kinds."""

import pytest

from trainwell.report._tune_ranks import ranks_of
from trainwell.tuning import Trial, TrialSpec


def trial(number, score, *, stage="coarse", state="complete"):
    spec = TrialSpec(stage, "random", {"optimizer.lr": 0.1}, 1.0)
    return Trial(number, spec, score, (), state)


def test_equals_have_the_same_rank_and_one_trial_the_best():
    scores = [0.5, 0.9, 0.9, 0.1, 0.5]
    ranks = ranks_of([trial(i, score) for i, score in enumerate(scores)])
    assert ranks == pytest.approx({0: 0.5, 1: 1.0, 2: 1.0, 3: 0.0, 4: 0.5})
    assert ranks_of([trial(7, 0.3)]) == {7: 1.0}
    assert set(ranks_of([trial(i, 0.4) for i in range(4)]).values()) == {1.0}
    assert ranks_of([]) == {}


def test_whoever_did_not_come_to_its_end_ranks_below_all_who_did():
    trials = [
        trial(0, 0.2),
        trial(1, 0.9, state="pruned"),
        trial(2, 0.0, state="failed"),
        trial(3, 0.3),
    ]
    ranks = ranks_of(trials)
    assert ranks == pytest.approx({3: 1.0, 0: 2 / 3, 1: 1 / 3, 2: 0.0})


def test_coarse_and_finer_trials_are_ranked_apart():
    trials = [trial(0, 0.1), trial(1, 0.2), trial(2, 0.8, stage="refine 1")]
    trials += [trial(3, 0.7, stage="refine 2")]
    assert ranks_of(trials) == {0: 0.0, 1: 1.0, 2: 1.0, 3: 0.0}
