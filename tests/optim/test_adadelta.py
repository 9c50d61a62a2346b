"""AdaDelta against three steps of the paper's algorithm, and its messages."""

import math

import pytest
import torch
from torch import nn

from trainwell.optim._adadelta import adadelta


def test_three_steps():
    parameter = nn.Parameter(torch.tensor([2.0], dtype=torch.float64))
    groups = [{"params": [parameter], "weight_decay": 0.5}]
    optimizer = adadelta(groups, lr=0.7, rho=0.8, eps=1e-2)
    x, v, u = 2.0, 0.0, 0.0
    for gradient in [1.0, -0.2, -3.0]:
        parameter.grad = torch.tensor([gradient], dtype=torch.float64)
        optimizer.step()
        g = gradient + 0.5 * x
        v = 0.8 * v + 0.2 * g * g
        d = math.sqrt(u + 1e-2) / math.sqrt(v + 1e-2) * g
        u = 0.8 * u + 0.2 * d * d
        x -= 0.7 * d
    assert parameter.item() == pytest.approx(x, abs=1e-12)


@pytest.mark.parametrize(
    ("options", "message"),
    [({"rho": 1.0}, r"`rho` must be in \[0, 1\)"), ({"eps": 0.0}, "`eps` must be")],
)
def test_errors(options, message):
    with pytest.raises(ValueError, match=message):
        adadelta([torch.ones(1)], **options)
