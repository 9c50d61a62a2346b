"""What every optimizer must do, whatever its rule."""

import copy
import inspect

import pytest
import torch
from torch import nn

from trainwell import optim


def _takes_parameters(value):
    return callable(value) and "params" in inspect.signature(value).parameters


OPTIMIZERS = {name: f for name, f in vars(optim).items() if _takes_parameters(f)}


def _combined(params, lr):
    return optim.Combined(optim.momentum(params, lr))


@pytest.fixture(params=[*OPTIMIZERS, "Combined"])
def build(request):
    return OPTIMIZERS.get(request.param, _combined)


def run(model, optimizer, steps):
    for _ in range(steps):
        optimizer.zero_grad()
        model(torch.ones(4, 3)).square().mean().backward()
        optimizer.step()


def test_all_are_found():
    assert {"sgd", "momentum", "nesterov", "adamw", "Muon"} <= OPTIMIZERS.keys()


def test_the_loss_falls(build):
    torch.manual_seed(0)
    model = nn.Linear(3, 2, bias=False)
    before = model(torch.ones(4, 3)).square().mean()
    run(model, build(model.parameters(), lr=0.01), 5)
    assert model(torch.ones(4, 3)).square().mean() < before


def test_resume_is_exact(build):
    torch.manual_seed(0)
    a = nn.Linear(3, 2, bias=False)
    optimizer_a = build(a.parameters(), lr=0.01)
    run(a, optimizer_a, 3)
    b = copy.deepcopy(a)
    optimizer_b = build(b.parameters(), lr=0.01)
    optimizer_b.load_state_dict(copy.deepcopy(optimizer_a.state_dict()))
    run(a, optimizer_a, 3)
    run(b, optimizer_b, 3)
    assert torch.equal(a.weight, b.weight)


def test_a_parameter_without_gradient_is_left_alone(build):
    parameter = nn.Parameter(torch.ones(3, 2))
    group = {"params": [parameter], "weight_decay": 0.5}
    build([group], lr=0.1).step()
    assert torch.equal(parameter, torch.ones(3, 2))


def test_groups_from_decay_groups_are_accepted(build):
    model = nn.Linear(3, 2, bias=False)
    optimizer = build(optim.decay_groups(model, 0.05), lr=0.1)
    assert [g["weight_decay"] for g in optimizer.param_groups] == [0.05]
