"""Measuring: seeds, results that are kept, and no trace in the global generator."""

import pytest
import torch

from trainwell.experiments import Claim, Verdict, measure_claim
from trainwell.experiments import _measure_claim as module
from trainwell.runs import Quiet


@pytest.fixture
def calls(monkeypatch):
    """Replace the claim by one that draws a number."""
    seen = []

    def measure(seed, *, quick):
        seen.append((seed, quick))
        return {"draw": torch.rand(()).item()}

    def judge(runs):
        return Verdict("undecided", f"{len(runs)} draws.")

    def draw(figure, runs):
        figure.subplots().plot([run["draw"] for run in runs])

    claim = Claim("Draws", "deck 0", "C.", "K.", measure, judge, draw, seeds=4)
    monkeypatch.setattr(module, "find_claim", lambda name: claim)
    return seen


@pytest.mark.parametrize(
    ("options", "seeds"), [({}, 4), ({"quick": True}, 2), ({"seeds": 3}, 3)]
)
def test_seeds(calls, options, seeds):
    result = measure_claim("draws", reporter=Quiet(), **options)
    assert calls == [(seed, options.get("quick", False)) for seed in range(seeds)]
    assert result.verdict.numbers == f"{seeds} draws."


def test_a_seed_decides_all_and_nothing_is_left_behind(calls):
    before = torch.get_rng_state()
    first = measure_claim("draws", reporter=Quiet())
    assert torch.equal(torch.get_rng_state(), before)
    assert measure_claim("draws", reporter=Quiet()).runs == first.runs
    assert len({run["draw"] for run in first.runs}) == 4


def test_what_was_measured_is_not_measured_again(calls, tmp_path):
    for options, more in (
        ({}, 4),
        ({}, 0),
        ({"quick": True}, 2),
        ({"seeds": 3}, 3),
        ({"seeds": 3}, 0),
    ):
        calls.clear()
        measure_claim("draws", out=tmp_path, reporter=Quiet(), **options)
        assert len(calls) == more
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "draws.json",
        "draws.svg",
    ]


def test_seeds_are_positive(calls):
    with pytest.raises(ValueError, match="`seeds` must be positive"):
        measure_claim("draws", seeds=-1, reporter=Quiet())
