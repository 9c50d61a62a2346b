"""Adam against three steps of the paper's algorithm, and what the correction mends."""

import math

import pytest
import torch
from torch import nn

from trainwell.optim._adam import adam


@pytest.mark.parametrize("corrected", [True, False])
def test_three_steps(corrected):
    parameter = nn.Parameter(torch.tensor([2.0], dtype=torch.float64))
    groups = [{"params": [parameter], "weight_decay": 0.5}]
    optimizer = adam(
        groups, lr=0.1, betas=(0.8, 0.95), eps=1e-2, bias_correction=corrected
    )
    x, m, v = 2.0, 0.0, 0.0
    for t, gradient in enumerate([1.0, -0.2, -3.0], start=1):
        parameter.grad = torch.tensor([gradient], dtype=torch.float64)
        optimizer.step()
        g = gradient + 0.5 * x
        m = 0.8 * m + 0.2 * g
        v = 0.95 * v + 0.05 * g * g
        first, second = (1 - 0.8**t, 1 - 0.95**t) if corrected else (1, 1)
        x -= 0.1 * (m / first) / (math.sqrt(v / second) + 1e-2)
    assert parameter.item() == pytest.approx(x, abs=1e-12)


def first_step(gradient, **options):
    parameter = nn.Parameter(torch.zeros(1, dtype=torch.float64))
    parameter.grad = torch.tensor([gradient], dtype=torch.float64)
    adam([parameter], lr=0.1, eps=1e-12, **options).step()
    return -parameter.item()


@pytest.mark.parametrize("gradient", [1e-3, 40.0])
def test_the_first_step_is_the_rate_only_with_correction(gradient):
    assert first_step(gradient) == pytest.approx(0.1)
    fault = 0.1 / math.sqrt(0.001)  # (1 - b1) / sqrt(1 - b2) = 3.16
    wrong = first_step(gradient, bias_correction=False)
    assert wrong == pytest.approx(0.1 * fault)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"betas": (0.9, 1.0)}, r"`betas` must be in \[0, 1\)"),
        ({"eps": 0.0}, "`eps` must be positive"),
    ],
)
def test_errors(options, message):
    with pytest.raises(ValueError, match=message):
        adam([torch.ones(1)], **options)
