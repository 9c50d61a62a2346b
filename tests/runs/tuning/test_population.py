"""A population over rate and decay: every round of a member is a trial."""

import pytest

from trainwell.runs import Quiet, tune
from trainwell.runs import _clock as clocks
from trainwell.runs.tuning._plan import Plan
from trainwell.runs.tuning._population import MEMBERS, num_rounds
from trainwell.runs.tuning.storage._study import Store

WORDS = (
    "synthetic:shapes,size=12,count=240,seed=3",
    "model.name=mlp",
    "train.epochs=4",
    "train.batch_size=16",
    "train.threads=1",
    "train.precision=float32",
    "train.memory_format=contiguous",
)
PLAN = {
    "coarse": 4,
    "coarse_epochs": 1.0,
    "refine": 4,
    "rounds": 2,
    "refine_epochs": 1.0,
    "seeds": 2,
    "repeat_epochs": 1.0,
    "final_epochs": 1.0,
    "seconds": 5.0,
}
ROUNDS = 3  # (4 + 2 * 4) / 4 members


class Stopped(BaseException):
    """As sudden as a kill."""


def search(folder):
    if not folder.exists():
        folder.mkdir()
        with (store := Store(f"sqlite:///{folder / 'study.db'}", "tune")).open():
            store.note("plan", PLAN)
    how = {"budget": "5m", "sampler": "population"}
    return tune(*WORDS, **how, out=folder, resume=True, reporter=Quiet())


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return search(tmp_path_factory.mktemp("population") / "whole")


def members(found):
    return [t for t in found.trials if t.spec.stage.startswith("round")]


def test_every_round_of_a_member_is_a_trial(whole):
    trials = members(whole)
    assert num_rounds(Plan(**PLAN)) == ROUNDS
    assert [t.number for t in trials] == list(range(ROUNDS * MEMBERS))
    stages = [t.spec.stage for t in trials]
    assert stages == [f"round {1 + i // MEMBERS}" for i in range(len(trials))]
    assert trials[0].spec.origin == "default"
    assert trials[0].spec.point == whole.steps.verdict.points["default"]


def test_the_worst_go_on_from_the_best_and_the_others_keep_their_values(whole):
    trials = members(whole)
    for before, after in zip(trials, trials[MEMBERS:], strict=False):
        scores = [t.score for t in trials if t.spec.stage == before.spec.stage]
        order = sorted(range(MEMBERS), key=lambda i: (-scores[i], i))
        same = before.spec.point == after.spec.point
        assert same == (before.number % MEMBERS != order[-1])
        if before.curve and after.curve:  # neither had a loss that is not finite
            assert after.curve[-1]["epoch"] > before.curve[-1]["epoch"]
    assert max(t.curve[-1]["epoch"] for t in trials if t.curve) == pytest.approx(ROUNDS)


def test_killed_in_a_later_round_it_ends_the_same(whole, tmp_path, monkeypatch):
    original, calls = clocks.StopAt.after_step, iter(range(70))

    def stopping(hook, *words):
        if next(calls, None) is None:
            raise Stopped
        original(hook, *words)

    monkeypatch.setattr(clocks.StopAt, "after_step", stopping)
    with pytest.raises(Stopped):
        search(tmp_path / "a")
    monkeypatch.undo()
    again = search(tmp_path / "a")
    assert again.trials == whole.trials
    assert again.steps.verdict.winner == whole.steps.verdict.winner
