"""RMSProp against three steps written out, with and without momentum."""

import math

import pytest
import torch
from torch import nn

from trainwell.optim._rmsprop import rmsprop


@pytest.mark.parametrize("rho", [0.0, 0.6])
def test_three_steps(rho):
    parameter = nn.Parameter(torch.tensor([2.0], dtype=torch.float64))
    groups = [{"params": [parameter], "weight_decay": 0.5}]
    optimizer = rmsprop(groups, lr=0.1, decay=0.8, momentum=rho, eps=1e-2)
    x, v, m = 2.0, 0.0, 0.0
    for gradient in [1.0, -0.2, -3.0]:
        parameter.grad = torch.tensor([gradient], dtype=torch.float64)
        optimizer.step()
        g = gradient + 0.5 * x
        v = 0.8 * v + 0.2 * g * g
        m = rho * m + g / (math.sqrt(v) + 1e-2)
        x -= 0.1 * m
    assert parameter.item() == pytest.approx(x, abs=1e-12)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"decay": 1.0}, r"`decay` must be in \[0, 1\)"),
        ({"momentum": 1.5}, r"`momentum` must be in \[0, 1\]"),
        ({"eps": 0.0}, "`eps` must be positive"),
    ],
)
def test_errors(options, message):
    with pytest.raises(ValueError, match=message):
        rmsprop([torch.ones(1)], **options)
