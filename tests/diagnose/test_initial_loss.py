"""First losses made by hand."""

import math

import pytest
import torch
from torch import nn

from trainwell.diagnose import InitialLoss, initial_loss
from trainwell.diagnose._initial_loss import check_first_loss


def test_zeros_give_log_k():
    model = nn.Linear(3, 7)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    found = initial_loss(
        model,
        torch.randn(5, 3),
        torch.arange(5),
        penalty=lambda: 0.1 * (model.weight + 1).square().sum(),
    )
    assert found.loss == pytest.approx(math.log(7))
    assert found.expected == pytest.approx(math.log(7))
    assert found.with_decay == pytest.approx(math.log(7) + 2.1)


@pytest.mark.parametrize(
    ("loss", "extra", "name", "level"),
    [
        (2.3, 0, "first loss", "pass"),
        (1.9 * 2.3, 0, "first loss", "pass"),
        (2.1 * 2.3, 0, "first loss too high", "warn"),
        (3.9 * 2.3, 0, "first loss too high", "warn"),
        (4.1 * 2.3, 0, "first loss too high", "fail"),
        (math.inf, 0, "first loss too high", "fail"),
        (math.nan, 0, "first loss too high", "fail"),
        (2.3, 5.0, "first loss", "pass"),
        (2.3, -0.1, "penalty negative", "fail"),
    ],
)
def test_levels(loss, extra, name, level):
    found = check_first_loss(InitialLoss.compare(loss, loss + extra, 2.3))
    assert (found.name, found.level) == (name, level)
