"""A search ends in its time; no real time passes."""

import json
from collections import Counter
from types import SimpleNamespace

import pytest

from trainwell.runs import _clock as clocks
from trainwell.runs.augment_search import _density_matching as density
from trainwell.runs.augment_search import _population as population
from trainwell.runs.augment_search import _search as searching
from trainwell.runs.augment_search import _timing as timing
from trainwell.training import TimeLimit
from trainwell.tuning import FastAutoAugment


def test_time_spent_is_counted_over_resumes(tmp_path):
    clock = clocks.Clock(100.0)
    (tmp_path / "seconds.json").write_text("60.0")
    clock.keep_in(tmp_path / "seconds.json")
    clock.start -= 10
    assert clock.spent == pytest.approx(70, abs=1)
    assert clock.left == pytest.approx(30, abs=1)
    assert clock.useful == pytest.approx(28, abs=1)
    clock.noted -= 5
    clock.note()
    noted = float((tmp_path / "seconds.json").read_text())
    assert noted == pytest.approx(70, abs=1)


@pytest.fixture
def seconds(monkeypatch):
    """A clock that stands still unless told to go on."""
    now = [0.0]
    frozen = SimpleNamespace(perf_counter=lambda: now[0])
    monkeypatch.setattr(clocks, "time", frozen)

    def costs(module, name, amount):
        original = getattr(module, name)

        def slow(*words, **more):
            now[0] += amount
            return original(*words, **more)

        monkeypatch.setattr(module, name, slow)

    return costs


def test_trials_share_the_time_and_end_in_it(seconds, tmp_path, small):
    """98 of 100 s at 3 s each: 33 trials, as many on each part and in each round."""
    seconds(density, "loss_under", 3.0)
    how = FastAutoAugment(folds=2, rounds=2, trials=40, top=1, chains=1)
    result = small.search(tmp_path / "policy.yaml", how, budget="100s")
    counts = Counter((t["fold"], t["round"]) for t in small.tried(result))
    assert sorted(counts) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert set(counts.values()) <= {8, 9}


def paced(monkeypatch, **how):
    """Let a search believe in a pace."""
    measured = timing.estimate_timing

    def told(bench):
        return measured(bench)[0], timing.TimingEstimate(setup=0.0, **how)

    monkeypatch.setattr(searching, "estimate_timing", told)


def test_networks_get_their_share_of_the_time(seconds, tmp_path, monkeypatch, small):
    limits = []

    def noted(limit):
        limits.append(limit)
        return TimeLimit(1000.0)

    monkeypatch.setattr(density, "TimeLimit", noted)
    paced(monkeypatch, train=0.1, judge=0.001)
    small.search(tmp_path / "policy.yaml", small.DENSITY, budget="50s")
    assert limits == [0.5 * 49 / 2, 0.5 * 49]


def test_rounds_fill_the_time(seconds, tmp_path, monkeypatch, small):
    """Rounds of 4 s in 19.6 of 20 s: four of an epoch, one of 0.9, in steps of 1/8."""
    seconds(population._Trainer, "train", 1.0)
    paced(monkeypatch, train=1 / (172 * 0.8), judge=0.0)
    result = small.search(tmp_path / "policy.yaml", small.PBA, budget="20s")
    log = json.loads(result.log.read_text())
    assert log["epochs"] == [1, 1, 1, 1, 0.875]
    assert sum(result.policy.epochs) == 4.875


def test_rounds_follow_the_time_that_the_last_one_took(
    seconds, tmp_path, monkeypatch, small
):
    """Planned as 1 s each, they take 4 s: of twenty there are but five."""
    seconds(population._Trainer, "train", 1.0)
    paced(monkeypatch, train=0.25 / (172 * 0.8), judge=0.0)
    result = small.search(tmp_path / "policy.yaml", small.PBA, budget="20s")
    assert len(small.tried(result)) == 5


def test_a_round_that_would_end_much_too_late_is_given_up(
    seconds, tmp_path, monkeypatch, small
):
    """Two rounds of 4 x 1 s, then 5 s for each member: 20.8 s are over after three."""
    paced(monkeypatch, train=1 / (172 * 0.8), judge=0.0)
    trained, rates = [], iter([1.0] * 8 + [5.0] * 8)
    original = population._Trainer.train

    def slower(trainer, member, amount):
        trained.append(member.number)
        trainer.search.clock.before += next(rates)
        return original(trainer, member, amount)

    monkeypatch.setattr(population._Trainer, "train", slower)
    result = small.search(tmp_path / "policy.yaml", small.PBA, budget="20s")
    assert len(trained) == 8 + 3
    assert len(small.tried(result)) == 2
