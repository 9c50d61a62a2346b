"""AdaGrad against three steps written out, and its fading steps."""

import math

import pytest
import torch
from torch import nn

from trainwell.optim._adagrad import adagrad


def test_three_steps():
    parameter = nn.Parameter(torch.tensor([2.0], dtype=torch.float64))
    groups = [{"params": [parameter], "weight_decay": 0.5}]
    optimizer = adagrad(groups, lr=0.1, eps=1e-2)
    x, s = 2.0, 0.0
    for gradient in [1.0, -0.2, -3.0]:
        parameter.grad = torch.tensor([gradient], dtype=torch.float64)
        optimizer.step()
        g = gradient + 0.5 * x
        s += g * g
        x -= 0.1 * g / (math.sqrt(s) + 1e-2)
    assert parameter.item() == pytest.approx(x, abs=1e-12)


def test_steps_fade_with_the_root_of_time():
    parameter = nn.Parameter(torch.zeros(1))
    optimizer = adagrad([parameter], lr=1.0)
    places = [0.0]
    for _ in range(9):
        parameter.grad = torch.ones(1) * 7
        optimizer.step()
        places.append(parameter.item())
    assert places[0] - places[1] == pytest.approx(1)
    assert places[8] - places[9] == pytest.approx(1 / 3)


def test_eps_out_of_range():
    with pytest.raises(ValueError, match="`eps` must be positive"):
        adagrad([torch.ones(1)], eps=0.0)
