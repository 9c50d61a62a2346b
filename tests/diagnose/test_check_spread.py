"""Outputs that do not follow the images, and those that may learn to."""

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from trainwell.diagnose import check_spread

IMAGES, TARGETS = torch.randn(64, 8), torch.arange(64) % 5


class Times(nn.Module):
    def __init__(self, factor):
        super().__init__()
        self.factor = factor

    def forward(self, x):
        return x * self.factor


def zeros(layer, *, bias=True):
    nn.init.zeros_(layer.weight)
    if bias:
        nn.init.zeros_(layer.bias)
    return layer


def dead():
    layer = nn.Linear(8, 5)
    nn.init.constant_(layer.bias, -100.0)
    return nn.Sequential(layer, nn.ReLU())


@pytest.mark.parametrize(
    ("make", "name", "level"),
    [
        (lambda: nn.Linear(8, 5), "spread", "pass"),
        (lambda: nn.Sequential(nn.Linear(8, 5), nn.Tanh()), "spread", "pass"),
        (lambda: nn.Sequential(nn.Linear(8, 5), nn.Softmax(1)), "spread", "pass"),
        (lambda: nn.Sequential(nn.Linear(8, 5), nn.LogSoftmax(1)), "spread", "pass"),
        (lambda: zeros(nn.Linear(8, 5)), "spread", "pass"),
        (
            lambda: nn.Sequential(nn.Linear(8, 6), zeros(nn.Linear(6, 5))),
            "spread",
            "pass",
        ),
        (
            lambda: nn.Sequential(nn.Linear(8, 5), Times(0.0)),
            "outputs constant",
            "fail",
        ),
        (
            lambda: nn.Sequential(nn.Linear(8, 6), Times(0.0), nn.Linear(6, 5)),
            "outputs constant",
            "fail",
        ),
        (dead, "outputs constant", "fail"),
        (
            lambda: nn.Sequential(nn.Linear(8, 5), nn.ReLU()),
            "outputs never negative",
            "warn",
        ),
        (
            lambda: nn.Sequential(nn.Linear(8, 5), nn.ReLU6()),
            "outputs never negative",
            "warn",
        ),
    ],
)
def test_networks(make, name, level):
    torch.manual_seed(0)
    model = make()
    before = {k: v.clone() for k, v in model.state_dict().items()}
    found = check_spread(model, IMAGES, TARGETS, F.cross_entropy)
    assert (found.name, found.level) == (name, level)
    assert all(p.grad is None for p in model.parameters())
    assert all(torch.equal(v, before[k]) for k, v in model.state_dict().items())


def test_nothing_to_learn():
    found = check_spread(nn.Identity(), IMAGES, TARGETS, F.cross_entropy)
    assert found.level == "untested"
