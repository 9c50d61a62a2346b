"""The weights of every epoch: which, under which names, and what else changes."""

import pytest
import torch

from trainwell.schedules import constant
from trainwell.training import (
    Hook,
    KeepEpochs,
    epoch_path,
    kept_epochs,
    load_tensors,
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
    return one.keys() == two.keys() and all(torch.equal(one[k], two[k]) for k in one)


@pytest.mark.parametrize(("steps", "ends"), [(9, (3, 6, 9)), (8, (3, 6, 8)), (2, (2,))])
def test_an_epoch_ends_after_its_last_step_or_with_the_run(
    setup, tmp_path, steps, ends
):
    state, watch = setup.state(steps), Watch()
    keep = KeepEpochs(tmp_path / "epochs", 3, lambda state: state.model)
    setup.fit(state, [watch, keep], schedule=constant())
    assert kept_epochs(keep.folder) == list(range(1, len(ends) + 1))
    for epoch, step in enumerate(ends, 1):
        tensors, _ = load_tensors(epoch_path(keep.folder, epoch))
        assert same(tensors, watch.weights[step]), epoch


def test_training_is_the_same_with_and_without(setup, tmp_path):
    plain = setup.fit(setup.state(6))
    kept = setup.state(6)
    setup.fit(kept, [KeepEpochs(tmp_path, 2, lambda state: state.model)])
    assert same(plain.model.state_dict(), kept.model.state_dict())


def test_an_epoch_that_a_signal_ends_is_not_over(setup, tmp_path):
    class Signal(Hook):
        def after_step(self, state, batch, loss):
            state.stop = "signal" if state.step == 4 else ""

    keep = KeepEpochs(tmp_path, 3, lambda state: state.model)
    setup.fit(setup.state(9), [keep, Signal()])
    assert kept_epochs(tmp_path) == [1]


def test_more_than_999_are_in_order(tmp_path):
    for epoch in (1000, 2, 10):
        epoch_path(tmp_path, epoch).touch()
    (tmp_path / "notes.safetensors").touch()
    assert kept_epochs(tmp_path) == [2, 10, 1000]


def test_epochs_have_steps(tmp_path):
    with pytest.raises(ValueError, match="`per_epoch` must be"):
        KeepEpochs(tmp_path, 0, lambda state: state.model)
