"""What changes between a worker's look at the study and its claim is seen after it."""

import pytest

from trainwell.runs.tuning.storage import _claims as claims
from trainwell.runs.tuning.storage._study import Store, Worker
from trainwell.tuning import Range, Trial, TrialSpec, random_point

SPACE = {"rate": Range(1e-4, 1.0)}
DEAD = f"{claims._place()}/1999999/77"  # on this machine, a process that is gone


def propose(number, finished):
    point = random_point(SPACE, seed=0, number=number)
    return TrialSpec("coarse", "random", point, 1.0)


def worker(done, score, time_left=True):
    def train(number, spec, finished):
        done.append(number)
        return Trial(number, spec, score, (), "complete")

    return Worker(train, lambda spec: time_left, SPACE)


@pytest.fixture
def two(tmp_path):
    """A worker, and another on the same study that is about to die."""
    stores = [Store(f"sqlite:///{tmp_path / 'study.db'}", "t") for _ in range(2)]
    stores[1].claims.worker = DEAD
    with stores[0].open(), stores[1].open():
        yield stores


def just_before(monkeypatch, store, name, act):
    """Let something happen before the first call of a method of the claims."""
    original, happened = getattr(store.claims, name), []

    def late(task):
        if not happened:
            happened.append(task)
            act()
        return original(task)

    monkeypatch.setattr(store.claims, name, late)
    return happened


@pytest.mark.parametrize("others", [1, 2, 3])
def test_a_trial_finished_before_the_claim_is_not_done_again(two, monkeypatch, others):
    mine, other = two
    done, before = [], []
    happened = just_before(
        monkeypatch,
        mine,
        "claim",
        lambda: other.work(range(others), propose, worker(before, 0.9)),
    )
    trials = mine.work(range(3), propose, worker(done, 0.1))
    assert happened == ["trial 0"]
    assert before == list(range(others))
    assert done == list(range(others, 3))
    assert [t.score for t in trials] == [0.9] * others + [0.1] * (3 - others)


def test_when_another_finds_no_time_before_the_claim_both_return_the_same(
    two, monkeypatch
):
    """Else one goes on with trials that the other has left out for good."""
    mine, other = two
    done, found = [], []
    just_before(
        monkeypatch,
        mine,
        "claim",
        lambda: found.append(
            other.work(range(3), propose, worker([], 0.9, time_left=False))
        ),
    )
    assert mine.work(range(3), propose, worker(done, 0.1)) == ()
    assert found == [()]
    assert done == []
    assert mine.claims.holder("trial 0") is None


def test_a_trial_finished_while_the_last_holders_are_looked_up_is_returned(
    two, monkeypatch
):
    mine, other = two
    assert mine.work(range(2), propose, worker([], 0.1, time_left=False)) == ()
    spec = propose(0, ())

    def finish():
        other.rows.begin(0, spec, SPACE)
        other.rows.finish(Trial(0, spec, 0.9, (), "complete"))

    just_before(monkeypatch, mine, "holder", finish)
    trials = mine.work(range(2), propose, worker([], 0.1))
    assert [(t.number, t.score) for t in trials] == [(0, 0.9)]


def test_a_decision_made_before_the_claim_stands(two, monkeypatch):
    mine, other = two
    just_before(monkeypatch, mine, "claim", lambda: other.once("x", lambda: "theirs"))
    assert mine.once("x", lambda: "mine") == "theirs"
    assert other.noted("x") == "theirs"
