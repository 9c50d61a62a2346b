"""Momentum against three steps written out, and its limit."""

import pytest
import torch
from torch import nn

from trainwell.optim import momentum, sgd

GRADIENTS = [1.0, -0.2, -3.0]


def run(build):
    parameter = nn.Parameter(torch.tensor([2.0], dtype=torch.float64))
    optimizer = build([{"params": [parameter], "weight_decay": 0.5}])
    for gradient in GRADIENTS:
        parameter.grad = torch.tensor([gradient], dtype=torch.float64)
        optimizer.step()
    return parameter.item()


def test_three_steps():
    x, m = 2.0, 0.0
    for g in GRADIENTS:
        m = 0.8 * m + (g + 0.5 * x)
        x = x - 0.1 * m
    result = run(lambda groups: momentum(groups, lr=0.1, momentum=0.8))
    assert result == pytest.approx(x, abs=1e-12)


def test_no_momentum_is_sgd():
    assert run(lambda groups: momentum(groups, 0.1, momentum=0.0)) == pytest.approx(
        run(lambda groups: sgd(groups, 0.1)), abs=1e-12
    )


def test_out_of_range():
    with pytest.raises(ValueError, match=r"`momentum` must be in \[0, 1\], got 1.5"):
        momentum([torch.ones(1)], 0.1, momentum=1.5)
