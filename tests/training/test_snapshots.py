"""Moments of a run: kept when they should be, through a resume, and averaged right."""

import pytest
import torch

from trainwell.schedules import constant
from trainwell.training import (
    AverageWeights,
    Hook,
    KeepSnapshots,
    load_checkpoint,
    save_checkpoint,
    snapshots,
)


class Watch(Hook):
    """Keeps every step's weights."""

    def __init__(self):
        self.weights = {}

    def after_step(self, state, batch, loss):
        self.weights[state.step] = {
            k: v.clone() for k, v in state.model.state_dict().items()
        }


def same(one, two):
    return all(torch.equal(one[k], two[k]) for k in one) and one.keys() == two.keys()


def test_snapshots_are_the_weights_at_the_ends_of_cycles(setup):
    state, watch = setup.state(total_steps=14), Watch()
    setup.fit(state, [KeepSnapshots(4), watch], schedule=constant())
    kept = snapshots(state)
    assert len(kept) == 4
    for weights, step in zip(kept, (4, 7, 11, 14), strict=True):
        assert same(weights, watch.weights[step]), step


def test_more_than_nine_are_in_order(setup):
    state, watch = setup.state(total_steps=12), Watch()
    setup.fit(state, [KeepSnapshots(12), watch], schedule=constant())
    assert [same(w, watch.weights[i + 1]) for i, w in enumerate(snapshots(state))] == [
        True
    ] * 12


def test_a_run_that_a_limit_ends_has_its_last_weights(setup):
    class Limit(Hook):
        def after_step(self, state, batch, loss):
            state.stop = "time" if state.step == 5 else None

    state, watch = setup.state(total_steps=12), Watch()
    setup.fit(state, [KeepSnapshots(3), watch, Limit()], schedule=constant())
    kept = snapshots(state)
    assert len(kept) == 2
    assert same(kept[0], watch.weights[4])
    assert same(kept[1], watch.weights[5])


@pytest.mark.parametrize("hook", [KeepSnapshots(4), AverageWeights(0.2, 2)])
def test_a_resumed_run_has_the_same_moments(setup, tmp_path, hook):
    whole = setup.fit(setup.state(total_steps=12), [hook], schedule=constant())

    class Stop(Hook):
        def after_step(self, state, batch, loss):
            state.stop = "signal" if state.step == 7 else None

    part = setup.fit(setup.state(total_steps=12), [hook, Stop()], schedule=constant())
    save_checkpoint(tmp_path / "last.safetensors", part)
    state = setup.state(total_steps=12)
    load_checkpoint(tmp_path / "last.safetensors", state)
    state.stop = None
    rest = setup.fit(state, [hook], schedule=constant())
    assert same(rest.arrays, whole.arrays)
    assert rest.memory == whole.memory


def test_messages():
    with pytest.raises(ValueError, match="cycles"):
        KeepSnapshots(0)
    with pytest.raises(ValueError, match="start"):
        AverageWeights(1.5, 2)
