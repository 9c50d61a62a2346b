"""Binary focal loss by hand, written out, at its limits."""

import math
from functools import partial

import pytest
import torch

from trainwell import losses as per_batch

focal = partial(per_batch.binary_focal_loss, reduction="none")
cross_entropy = partial(per_batch.binary_cross_entropy, reduction="none")


@pytest.fixture
def batch():
    g = torch.Generator().manual_seed(0)
    logits = 2 * torch.randn(5, 3, generator=g, dtype=torch.float64)
    return logits, torch.rand(5, 3, generator=g, dtype=torch.float64)


def test_by_hand():
    # sigmoid(log 3) = 3/4
    logits = torch.tensor([[math.log(3)]] * 2)
    expected = [0.25 / 16 * math.log(4 / 3), 0.75 * 9 / 16 * math.log(4)]
    found = focal(logits, torch.tensor([[1], [0]]))
    torch.testing.assert_close(found, torch.tensor(expected))


def test_written_out_definition(batch):
    logits, targets = batch
    weight = [0.5, 2.0, 1.0]
    found = focal(logits, targets, torch.tensor(weight), gamma=1.5, alpha=0.4)
    for z, t, value in zip(logits.tolist(), targets.tolist(), found, strict=True):
        expected = 0.0
        for k in range(3):
            p = 1 / (1 + math.exp(-z[k]))
            yes = 0.4 * t[k] * (1 - p) ** 1.5 * math.log(p)
            no = 0.6 * (1 - t[k]) * p**1.5 * math.log(1 - p)
            expected -= weight[k] * (yes + no) / 3
        assert value.item() == pytest.approx(expected, abs=1e-12)


def test_no_gamma_is_half_of_cross_entropy(batch):
    found = focal(*batch, gamma=0.0, alpha=0.5)
    torch.testing.assert_close(2 * found, cross_entropy(*batch))


@pytest.mark.parametrize("gamma", [0.5, 1.0, 2.0])
def test_a_sure_prediction_has_a_finite_gradient(gamma):
    logits = torch.tensor([[300.0], [-300.0]], requires_grad=True)
    found = focal(logits, torch.tensor([[1], [1]]), gamma=gamma, alpha=1.0)
    found.sum().backward()
    assert found.tolist() == pytest.approx([0, 300])
    assert logits.grad.flatten().tolist() == pytest.approx([0, -1], abs=1e-3)


def test_gradient(batch):
    logits, targets = batch
    logits.requires_grad_()
    assert torch.autograd.gradcheck(lambda x: focal(x, targets, gamma=1.5), logits)


def test_errors(batch):
    with pytest.raises(ValueError, match=r"`gamma` must be in \[0, inf\], got -1"):
        focal(*batch, gamma=-1.0)
    with pytest.raises(ValueError, match=r"`alpha` must be in \[0, 1\], got 2"):
        focal(*batch, alpha=2.0)
    with pytest.raises(ValueError, match="one value per class, 3, got shape"):
        focal(*batch, torch.ones(2))
