"""Masks persist: through steps, averages, checkpoints and resumes."""

import pytest
import torch
from torch import nn

from trainwell.prune import sparsity
from trainwell.schedules import constant, restarts
from trainwell.training import (
    FindTicket,
    Hook,
    PruneGradually,
    load_checkpoint,
    save_checkpoint,
)


def matrices(model):
    return {n: p for n, p in model.named_parameters() if p.ndim > 1}


class Watch(Hook):
    def __init__(self):
        self.shares, self.zeros = [], []

    def after_step(self, state, batch, loss):
        self.shares.append(sparsity(matrices(state.model)).share)
        self.zeros.append({n: p == 0 for n, p in matrices(state.model).items()})


def test_zeros_only_grow_and_reach_the_share(setup):
    state, watch = setup.state(total_steps=40, average=True), Watch()
    hook = PruneGradually(matrices, share=0.75, start=0.25, end=0.75)
    setup.fit(state, [hook, watch], schedule=constant())
    assert watch.shares[8] == 0
    assert watch.shares[-1] == pytest.approx(0.75, abs=0.02)
    for before, after in zip(watch.zeros, watch.zeros[1:], strict=False):
        assert all((after[n] | ~before[n]).all() for n in before)
    assert sparsity(matrices(state.average)).share == watch.shares[-1]


def test_without_the_hook_zeros_come_back(setup):
    """The test above could not fail if the optimizer left zeros alone."""
    state = setup.state(total_steps=2)
    with torch.no_grad():
        for weight in matrices(state.model).values():
            weight.flatten()[::2] = 0
    setup.fit(state, schedule=constant())
    assert sparsity(matrices(state.model)).share < 0.1


def test_accuracy_before_the_pruning_no_longer_counts(setup):
    state = setup.state(total_steps=4)
    state.memory["best_score"] = 0.99
    setup.fit(
        state, [PruneGradually(matrices, start=0.5, end=0.5)], schedule=constant()
    )
    assert "best_score" not in state.memory


def ticket():
    return FindTicket(matrices, share=0.75, rounds=2, rewind=0.5)


def test_a_ticket_restarts_from_the_early_weights(setup):
    state, seen = setup.state(total_steps=12), {}

    class Look(Hook):
        def after_step(self, state, batch, loss):
            seen[state.step] = {
                n: p.detach().clone() for n, p in matrices(state.model).items()
            }

    setup.fit(state, [ticket(), Look()], schedule=constant())
    for step, share in ((4, 0.5), (8, 0.75)):
        masks = {n: w != 0 for n, w in seen[step].items()}
        for name, early in seen[2].items():  # half of the first training of 4 steps
            assert torch.equal(seen[step][name], early * masks[name])
        assert sparsity(seen[step]).share == pytest.approx(share, abs=0.02)
    assert sparsity(seen[12]).share == sparsity(seen[8]).share


def test_momentum_begins_anew_with_each_round(setup):
    state = setup.state(total_steps=6)
    hook = FindTicket(matrices, share=0.5, rounds=1)

    class Look(Hook):
        def after_step(self, inner, batch, loss):
            if inner.step == 3:
                assert not any(
                    inner.optimizer.state[p] for p in inner.model.parameters()
                )

    setup.fit(state, [hook, Look()], schedule=constant())


@pytest.mark.parametrize(
    "make",
    [ticket, lambda: PruneGradually(matrices, share=0.5, start=0.1, end=0.9)],
)
@pytest.mark.parametrize("cut", [3, 7])
def test_resume_is_exact(setup, make, cut, tmp_path):
    schedule = restarts(constant(), cycles=3, growth=1.0)
    whole = setup.state(total_steps=12, average=True)
    setup.fit(whole, [make()], schedule=schedule)

    class Stop(Hook):
        def after_step(self, state, batch, loss):
            if state.step == cut:
                state.stop = "signal"

    first = setup.state(total_steps=12, average=True)
    setup.fit(first, [make(), Stop()], schedule=schedule)
    save_checkpoint(tmp_path / "c", first)
    second = setup.state(total_steps=12, average=True)
    load_checkpoint(tmp_path / "c", second)
    setup.fit(second, [make()], schedule=schedule)
    for a, b in zip(whole.model.parameters(), second.model.parameters(), strict=True):
        assert torch.equal(a, b)
    for a, b in zip(
        whole.average.parameters(), second.average.parameters(), strict=True
    ):
        assert torch.equal(a, b)


@pytest.mark.parametrize("hook", [PruneGradually, FindTicket])
def test_messages(hook):
    with pytest.raises(ValueError, match="`share`"):
        hook(lambda model: dict(nn.Module.named_parameters(model)), share=1.5)
