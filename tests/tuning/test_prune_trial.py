"""Trials that are far behind are stopped."""

import pytest

from trainwell.tuning import Trial, TrialSpec, should_prune


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


def test_none_stops_nothing():
    assert not should_prune([0.0, 0.0], OTHERS, "none")
    with pytest.raises(ValueError, match="Did you mean `median`"):
        should_prune([0.0], [], "medain")
