"""Quantile loss by hand, written out with a mask, and what its best constant is."""

from functools import partial

import numpy as np
import pytest
import torch
from sklearn.metrics import mean_pinball_loss

from trainwell import losses as per_batch

quantile_loss = partial(per_batch.quantile_loss, reduction="none")


@pytest.fixture
def values():
    return torch.randn(
        2, 4, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64
    )


def test_by_hand():
    # 2 below the target, 1 above it
    outputs, targets = torch.tensor([[1.0], [1.0]]), torch.tensor([[3.0], [0.0]])
    found = quantile_loss(outputs, targets, quantile=0.75)
    assert found.tolist() == [1.5, 0.25]


def test_written_out_definition(values):
    x, t = values
    visible = torch.tensor([[1, 1, 0], [0, 0, 1], [1, 1, 1], [0, 0, 0]]).bool()
    found = quantile_loss(x, t, quantile=0.2, visible=visible)
    for i in range(4):
        costs = [
            0.2 * (b - a) if b > a else 0.8 * (a - b)
            for a, b, shown in zip(x[i], t[i], visible[i], strict=True)
            if shown
        ]
        expected = sum(costs) / len(costs) if costs else 0
        assert found[i].item() == pytest.approx(float(expected))


@pytest.mark.parametrize("quantile", [0.1, 0.5, 0.9])
def test_a_trusted_implementation(values, quantile):
    x, t = values
    peer = mean_pinball_loss(t.numpy(), x.numpy(), alpha=quantile)
    found = per_batch.quantile_loss(x, t, quantile=quantile)
    assert found.item() == pytest.approx(peer)


def test_half_is_half_of_the_absolute_error(values):
    found = per_batch.quantile_loss(*values)
    torch.testing.assert_close(2 * found, per_batch.l1_loss(*values))


def test_the_best_constant_is_the_quantile():
    targets = torch.arange(1.0, 102.0)[:, None]
    costs = [
        per_batch.quantile_loss(torch.full_like(targets, c), targets, quantile=0.9)
        for c in range(1, 102)
    ]
    assert 1 + int(np.argmin(costs)) == np.quantile(targets, 0.9)


def test_gradient(values):
    x, t = values
    x.requires_grad_()
    assert torch.autograd.gradcheck(lambda x: quantile_loss(x, t, quantile=0.3), x)


@pytest.mark.parametrize("quantile", [0.0, 1.0, -1.0])
def test_out_of_range(values, quantile):
    with pytest.raises(ValueError, match=r"`quantile` must be in \(0, 1\), got"):
        quantile_loss(*values, quantile=quantile)
