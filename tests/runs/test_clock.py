"""The time of a search, over all resumes."""

import math
from types import SimpleNamespace

import pytest

from trainwell.runs import _clock
from trainwell.runs._clock import Clock, StopAt
from trainwell.training import TrainState


@pytest.fixture
def now(monkeypatch):
    moment = [100.0]
    monkeypatch.setattr(_clock, "time", SimpleNamespace(perf_counter=lambda: moment[0]))
    return moment


def test_seconds_by_hand(now):
    clock = Clock(50)
    now[0] += 10
    assert (clock.spent, clock.left, clock.useful) == (10, 40, 40 - 0.02 * 50)
    now[0] += 60
    assert (clock.left, clock.useful) == (-20, 0)
    assert Clock(math.inf).useful == math.inf


def test_pauses_are_left_out(now, tmp_path):
    path = tmp_path / "seconds.json"
    clock = Clock(50)
    clock.keep_in(path)
    now[0] += 7
    clock.note()
    now[0] += 1000
    again = Clock(50)
    again.keep_in(path)
    now[0] += 1
    assert again.spent == 8


def test_a_training_ends_at_a_step(now):
    import torch

    p = torch.nn.Parameter(torch.ones(1))
    state = TrainState(
        model=torch.nn.Identity(), optimizer=torch.optim.SGD([p], 0.1), total_steps=9
    )
    advanced = []
    hook = StopAt(4, advanced.append, Clock(50))
    for state.step in (3, 4):
        hook.after_step(state, None, None)
    assert (state.stop, advanced) == ("round", [1, 1])
