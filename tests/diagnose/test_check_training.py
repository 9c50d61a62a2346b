"""The stages, and that nothing is changed by looking."""

import copy

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from trainwell.diagnose import Finding, Loop, TrainingCheck, check_training


def some(step=None, seed=0):
    torch.manual_seed(seed)
    model = nn.Sequential(
        nn.Linear(6, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 2)
    )
    optimizer = torch.optim.Adam(model.parameters(), 1e-2)
    images = torch.randn(60, 6)
    targets = (images[:, 0] > 0).long()
    batches = list(zip(images.split(12), targets.split(12), strict=True))
    return Loop(
        model=model,
        optimizer=optimizer,
        loss_fn=F.cross_entropy,
        batches=batches,
        step=step,
    )


def test_nothing_is_changed():
    loop = some()
    loop.run(loop.model, loop.optimizer, loop.batches[0])
    loop.model[0].train(False)
    before = copy.deepcopy(loop.model.state_dict())
    slots = copy.deepcopy(loop.optimizer.state_dict())
    gradients = [p.grad.clone() for p in loop.model.parameters()]
    generator = torch.get_rng_state()
    assert check_training(loop).cause is None
    for name, value in loop.model.state_dict().items():
        assert torch.equal(value, before[name]), name
    assert str(loop.optimizer.state_dict()) == str(slots)
    assert all(
        torch.equal(p.grad, g)
        for p, g in zip(loop.model.parameters(), gradients, strict=True)
    )
    assert torch.equal(torch.get_rng_state(), generator)
    assert [m.training for m in loop.model] == [False, True, True, True]


def test_what_follows_a_fail_is_not_looked_at():
    loop = some()
    loop.model[0].weight.data.fill_(float("nan"))
    found = check_training(loop)
    assert found.cause.name == "weights not finite"
    assert found.skipped == ("steps", "evaluation", "learning")


def test_stages_can_be_left_out():
    names = [f.name for f in check_training(some(), skip=["learning", "data"]).findings]
    assert "loss" in names
    assert "learning" not in names
    assert "inputs" not in names
    with pytest.raises(ValueError, match="`skip` must be one of data, loss, start"):
        check_training(some(), skip=["lerning"])


def test_the_cause_is_the_first_fail():
    def finding(level, name):
        return Finding(name, level, "")

    found = (finding("pass", "a"), finding("warn", "b"), finding("fail", "c"))
    assert TrainingCheck(found, ()).cause.name == "c"
    assert TrainingCheck(found[:2], ()).cause.name == "b"
    assert TrainingCheck(found[:1], ()).cause is None


def test_two_batches_at_least():
    loop = some()
    with pytest.raises(ValueError, match="`batches` must hold two or more, got 1"):
        Loop(
            model=loop.model,
            optimizer=loop.optimizer,
            loss_fn=loop.loss_fn,
            batches=loop.batches[:1],
        )


def test_distributions_as_targets():
    base = some()
    soft = [(x, F.one_hot(t, 2).float()) for x, t in base.batches]
    loop = Loop(
        model=base.model,
        optimizer=base.optimizer,
        loss_fn=F.cross_entropy,
        batches=soft,
    )
    assert check_training(loop).cause is None


def test_clearing_after_the_step_is_as_good():
    def step(model, optimizer, images, targets):
        F.cross_entropy(model(images), targets).backward()
        optimizer.step()
        optimizer.zero_grad()

    assert check_training(some(step)).cause is None
