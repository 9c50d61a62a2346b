"""AdamW against three steps of the paper's algorithm, and its messages."""

import math

import pytest
import torch
from torch import nn

from trainwell.optim._adamw import adamw


def test_three_steps():
    parameter = nn.Parameter(torch.tensor([2.0], dtype=torch.float64))
    groups = [{"params": [parameter], "weight_decay": 0.5}]
    optimizer = adamw(groups, lr=0.1, betas=(0.8, 0.95), eps=1e-2)
    x, m, v = 2.0, 0.0, 0.0
    for t, g in enumerate([1.0, -0.2, -3.0], start=1):
        parameter.grad = torch.tensor([g], dtype=torch.float64)
        optimizer.step()
        x = x * (1 - 0.1 * 0.5)
        m = 0.8 * m + 0.2 * g
        v = 0.95 * v + 0.05 * g * g
        x -= 0.1 * (m / (1 - 0.8**t)) / (math.sqrt(v / (1 - 0.95**t)) + 1e-2)
    assert parameter.item() == pytest.approx(x, abs=1e-12)


def test_no_decay_unless_a_group_asks():
    parameter = nn.Parameter(torch.ones(2))
    parameter.grad = torch.zeros(2)
    adamw([parameter]).step()
    assert parameter.tolist() == [1, 1]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"betas": (0.9, 1.0)}, r"`betas` must be in \[0, 1\)"),
        ({"eps": 0.0}, "`eps` must be positive"),
        ({"lr": -1.0}, "`lr` must be in"),
    ],
)
def test_errors(options, message):
    with pytest.raises(ValueError, match=message):
        adamw([torch.ones(1)], **options)
