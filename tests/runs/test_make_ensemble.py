"""One model of several."""

import numpy as np
import pytest
import torch

from trainwell.runs import Quiet
from trainwell.runs._make_ensemble import compare_members, make_ensemble, member_summary
from trainwell.runs.setup._setup import build_setup
from trainwell.runs.training._evaluation import evaluate_splits


@pytest.fixture(scope="module")
def members(opened):
    setups = [build_setup(opened(f"seed={seed}")) for seed in range(3)]
    for setup in setups:
        setup.model.eval()
    return setups


def test_only_the_best_member_is_asked_for_its_test_accuracy():
    asked = []
    summary = member_summary(
        "seeds",
        {"headline": "accuracy"},
        [0.5, 0.9, 0.7],
        lambda i: asked.append(i) or 0.8,
    )
    assert asked == [1]
    assert summary["ensemble"] == {
        "kind": "seeds",
        "size": 3,
        "members_val_accuracy": [0.5, 0.9, 0.7],
        "best_member": 1,
        "best_member_test_accuracy": 0.8,
    }


def test_the_member_of_the_lowest_error_is_the_best():
    about = {"headline": "mae", "lower_is_better": True}
    found = member_summary("seeds", about, [3.0, 1.5, 2.0], lambda i: 10.0 * i)
    assert found["ensemble"]["best_member"] == 1
    assert found["ensemble"]["members_val_mae"] == [3.0, 1.5, 2.0]
    assert found["ensemble"]["best_member_test_mae"] == 10.0


def test_probabilities_are_averaged(members):
    whole = make_ensemble(members)
    each = [evaluate_splits(m, Quiet(), ("val",))[0].evaluation for m in members]
    mean = np.mean([e.probabilities for e in each], axis=0)
    found = evaluate_splits(whole, Quiet(), ("val",))[0].evaluation.probabilities
    np.testing.assert_allclose(found, mean, atol=1e-6)


def test_one_member_stays_alone(members):
    assert make_ensemble(members[:1]) is members[0]


def test_members_are_compared_by_validation(members):
    summary = compare_members(members, "runs")["ensemble"]
    with torch.no_grad():
        accuracies = [
            round(evaluate_splits(m, Quiet(), ("val",))[0].evaluation.accuracy, 6)
            for m in members
        ]
    assert summary["members_val_accuracy"] == accuracies
