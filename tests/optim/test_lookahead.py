"""Lookahead against the algorithm written out, at its limits, and its round trip."""

import copy

import pytest
import torch
from torch import nn

from trainwell.optim import Lookahead
from trainwell.optim._adam import adam
from trainwell.optim._combined import Combined
from trainwell.optim._momentum import momentum
from trainwell.optim._sgd import sgd


def test_six_steps_written_out():
    fast = nn.Parameter(torch.tensor([2.0], dtype=torch.float64))
    optimizer = Lookahead(momentum([fast], 0.1, momentum=0.8), steps=3, alpha=0.4)
    x = slow = 2.0
    m = 0.0
    for t, g in enumerate([1.0, -0.2, -3.0, 0.5, 2.0, 0.1], start=1):
        fast.grad = torch.tensor([g], dtype=torch.float64)
        optimizer.step()
        m = 0.8 * m + g
        x -= 0.1 * m
        if t % 3 == 0:
            slow += 0.4 * (x - slow)
            x = slow
        assert fast.item() == pytest.approx(x, abs=1e-12)


def walk(build, steps=7):
    torch.manual_seed(0)
    model = nn.Linear(3, 2)
    optimizer = build(model)
    for _ in range(steps):
        optimizer.zero_grad()
        model(torch.ones(4, 3)).square().mean().backward()
        optimizer.step()
    return model.weight.detach()


def test_all_the_way_is_the_inner_optimizer_and_no_way_is_back_to_the_start():
    inner = walk(lambda m: adam(m.parameters(), 0.1))
    ahead = walk(lambda m: Lookahead(adam(m.parameters(), 0.1), steps=2, alpha=1.0))
    torch.testing.assert_close(ahead, inner)
    none = walk(lambda m: Lookahead(sgd(m.parameters(), 0.1), steps=7, alpha=0.0))
    start = walk(lambda m: sgd(m.parameters(), 0.1), steps=0)
    assert torch.equal(none, start)


def test_a_gradient_that_comes_late_finds_a_fresh_inner_state():
    model = nn.Linear(2, 1)
    optimizer = Lookahead(adam(model.parameters(), 0.1), steps=2)
    model.weight.grad = torch.ones(1, 2)
    optimizer.step()
    model.bias.grad = torch.ones(1)
    optimizer.step()
    assert {"exp_avg", "slow"} <= optimizer.state[model.bias].keys()


def test_the_rate_is_shared():
    parameter = nn.Parameter(torch.ones(1))
    optimizer = Lookahead(sgd([parameter], 0.1))
    optimizer.param_groups[0]["lr"] = 0.0
    parameter.grad = torch.ones(1)
    optimizer.step()
    assert parameter.item() == 1


def test_round_trip_over_several_optimizers():
    def build(model):
        inner = Combined(momentum([model.weight], 0.1), adam([model.bias], 0.1))
        return Lookahead(inner, steps=2)

    a = nn.Linear(3, 2)
    first = build(a)

    def step(model, optimizer):
        optimizer.zero_grad()
        model(torch.ones(4, 3)).square().mean().backward()
        optimizer.step()

    for _ in range(3):
        step(a, first)
    b = copy.deepcopy(a)
    second = build(b)
    second.load_state_dict(copy.deepcopy(first.state_dict()))
    for _ in range(3):
        step(a, first)
        step(b, second)
    assert torch.equal(a.weight, b.weight)
    assert torch.equal(a.bias, b.bias)


@pytest.mark.parametrize(("name", "value"), [("steps", 0), ("alpha", 1.5)])
def test_out_of_range(name, value):
    with pytest.raises(ValueError, match=f"`{name}` must be"):
        Lookahead(sgd([torch.ones(1)], 0.1), **{name: value})
