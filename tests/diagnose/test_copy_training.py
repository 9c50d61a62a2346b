"""A copy moves its own weights, and steps as the original would."""

import copy

import pytest
import torch
from torch import nn

from trainwell import optim
from trainwell.diagnose._copy_training import copy_training

OPTIMIZERS = {
    "sgd": lambda m: torch.optim.SGD(m.parameters(), 0.1, momentum=0.9),
    "adam": lambda m: torch.optim.Adam(m.parameters(), 0.1),
    "muon": lambda m: optim.Muon(m, lr=0.02),
    "lookahead": lambda m: optim.Lookahead(optim.Muon(m, lr=0.02), steps=2),
}


def net():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(4, 5), nn.Tanh(), nn.Linear(5, 3))


def steps(model, optimizer, count, seed=1):
    generator = torch.Generator().manual_seed(seed)
    for _ in range(count):
        x = torch.randn(6, 4, generator=generator)

        def closure(x=x):
            optimizer.zero_grad()
            loss = model(x).square().mean()
            loss.backward()
            return loss

        optimizer.step(closure)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_copy_goes_where_the_original_goes(name):
    model = net()
    optimizer = OPTIMIZERS[name](model)
    steps(model, optimizer, 3)
    kept = copy.deepcopy(model.state_dict())
    copied, its = copy_training(model, optimizer)
    steps(copied, its, 3, seed=2)
    for key, value in model.state_dict().items():
        assert torch.equal(value, kept[key])
        assert not torch.equal(value, copied.state_dict()[key])
    steps(model, optimizer, 3, seed=2)
    for key, value in model.state_dict().items():
        assert torch.equal(value, copied.state_dict()[key])


def test_a_scheduler_does_not_tie_the_copy_to_the_original():
    model = net()
    optimizer = OPTIMIZERS["sgd"](model)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 1)
    assert "step" in vars(optimizer), "else this tests nothing"
    before = copy.deepcopy(model.state_dict())
    copied, its = copy_training(model, optimizer)
    steps(copied, its, 1)
    assert all(torch.equal(v, before[k]) for k, v in model.state_dict().items())
    assert not torch.equal(copied[0].weight, model[0].weight)
    assert scheduler.last_epoch == 0
