"""Nesterov momentum against three steps written out."""

import pytest
import torch
from torch import nn

from trainwell.optim._nesterov import nesterov

GRADIENTS = [1.0, -0.2, -3.0]


def test_three_steps():
    parameter = nn.Parameter(torch.tensor([2.0], dtype=torch.float64))
    groups = [{"params": [parameter], "weight_decay": 0.5}]
    optimizer = nesterov(groups, lr=0.1, momentum=0.8)
    x, m = 2.0, 0.0
    for gradient in GRADIENTS:
        parameter.grad = torch.tensor([gradient], dtype=torch.float64)
        optimizer.step()
        g = gradient + 0.5 * x
        m = 0.8 * m + g
        x = x - 0.1 * (g + 0.8 * m)
    assert parameter.item() == pytest.approx(x, abs=1e-12)


@pytest.mark.parametrize("value", [0.0, 1.5])
def test_out_of_range(value):
    with pytest.raises(ValueError, match="`momentum` must be"):
        nesterov([torch.ones(1)], 0.1, momentum=value)
