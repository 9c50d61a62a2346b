"""Several optimizers as one: same steps, same state, same round trip."""

import copy

import pytest
import torch
from torch import nn

from trainwell.optim._combined import Combined


def make(net):
    return Combined(
        torch.optim.SGD([net.weight], 0.1, momentum=0.9),
        torch.optim.Adam([net.bias], 0.01),
    )


def train(net, optimizer, steps):
    for _ in range(steps):
        optimizer.zero_grad()
        net(torch.ones(2, 3)).square().mean().backward()
        optimizer.step()


def test_steps_are_those_of_the_parts():
    torch.manual_seed(0)
    a = nn.Linear(3, 2)
    b = copy.deepcopy(a)
    train(a, make(a), 3)
    first, second = (
        torch.optim.SGD([b.weight], 0.1, momentum=0.9),
        torch.optim.Adam([b.bias], 0.01),
    )
    for _ in range(3):
        first.zero_grad()
        second.zero_grad()
        b(torch.ones(2, 3)).square().mean().backward()
        first.step()
        second.step()
    assert torch.equal(a.weight, b.weight)
    assert torch.equal(a.bias, b.bias)


def test_rates_set_on_the_groups_reach_the_parts():
    net = nn.Linear(3, 2)
    optimizer = make(net)
    for group in optimizer.param_groups:
        group["lr"] = 0.0
    before = net.weight.detach().clone()
    train(net, optimizer, 1)
    assert torch.equal(net.weight, before)


def test_state_is_found_by_parameter():
    net = nn.Linear(3, 2)
    optimizer = make(net)
    train(net, optimizer, 1)
    assert set(optimizer.state[net.weight]) == {"momentum_buffer"}
    assert set(optimizer.state[net.bias]) == {"step", "exp_avg", "exp_avg_sq"}


def test_state_dict_round_trip_is_exact():
    torch.manual_seed(0)
    a = nn.Linear(3, 2)
    optimizer_a = make(a)
    train(a, optimizer_a, 2)
    b = copy.deepcopy(a)
    optimizer_b = make(b)
    optimizer_b.load_state_dict(copy.deepcopy(optimizer_a.state_dict()))
    train(a, optimizer_a, 2)
    train(b, optimizer_b, 2)
    assert torch.equal(a.weight, b.weight)
    assert torch.equal(a.bias, b.bias)


def test_none_is_an_error():
    with pytest.raises(ValueError, match="must hold at least one"):
        Combined()
