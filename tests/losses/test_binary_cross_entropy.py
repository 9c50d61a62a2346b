"""Binary cross-entropy by hand, written out, beside torch's."""

import math
from functools import partial

import jaxtyping
import pytest
import torch
import torch.nn.functional as F

from trainwell import losses as per_batch

loss_of = partial(per_batch.binary_cross_entropy, reduction="none")


@pytest.fixture
def batch():
    g = torch.Generator().manual_seed(0)
    logits = 2 * torch.randn(5, 3, generator=g, dtype=torch.float64)
    return logits, torch.rand(5, 3, generator=g, dtype=torch.float64)


def test_by_hand():
    # sigmoid(log 3) = 3/4
    logits = torch.tensor([[math.log(3), math.log(3)]])
    expected = (math.log(4 / 3) + math.log(4)) / 2
    assert loss_of(logits, torch.tensor([[1, 0]])).item() == pytest.approx(expected)


def test_written_out_definition(batch):
    logits, targets = batch
    weight = [0.5, 2.0, 1.0]
    found = loss_of(logits, targets, torch.tensor(weight), label_smoothing=0.3)
    for z, t, value in zip(logits.tolist(), targets.tolist(), found, strict=True):
        expected = 0.0
        for k in range(3):
            p, q = 1 / (1 + math.exp(-z[k])), 0.7 * t[k] + 0.15
            expected -= weight[k] * (q * math.log(p) + (1 - q) * math.log(1 - p)) / 3
        assert value.item() == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_it_is_that_of_torch(batch, reduction):
    logits, targets = batch
    weight = torch.tensor([0.5, 2.0, 1.0], dtype=torch.float64)
    ours = per_batch.binary_cross_entropy(logits, targets, weight, reduction=reduction)
    peer = F.binary_cross_entropy_with_logits(
        logits, targets, weight, reduction=reduction
    )
    torch.testing.assert_close(ours, peer if reduction == "mean" else peer / 3)


def test_all_smoothed_says_nothing(batch):
    logits, targets = batch
    half = torch.full_like(targets, 0.5)
    torch.testing.assert_close(
        loss_of(logits, targets, label_smoothing=1.0), loss_of(logits, half)
    )


@pytest.mark.parametrize("dtype", [torch.bool, torch.int64, torch.uint8])
def test_yes_and_no_of_any_type(batch, dtype):
    logits, targets = batch[0], batch[1].round()
    torch.testing.assert_close(
        loss_of(logits, targets.to(dtype)), loss_of(logits, targets)
    )


def test_sure_outputs_stay_finite():
    logits = torch.tensor([[300.0, -300.0], [-300.0, 300.0]], requires_grad=True)
    found = loss_of(logits, torch.tensor([[1, 0], [1, 0]]))
    found.sum().backward()
    assert found.tolist() == [0, 300]
    assert logits.grad.tolist() == [[0, 0], [-0.5, 0.5]]


def test_gradient(batch):
    logits, targets = batch
    logits.requires_grad_()
    assert torch.autograd.gradcheck(lambda x: loss_of(x, targets), logits)


def test_errors(batch):
    with pytest.raises(ValueError, match=r"`label_smoothing` must be in \[0, 1\]"):
        loss_of(*batch, label_smoothing=1.5)
    with pytest.raises(ValueError, match="one value per class, 3, got shape"):
        loss_of(*batch, torch.ones(2))


def test_targets_of_another_shape(batch, monkeypatch):
    monkeypatch.setattr(jaxtyping.config, "jaxtyping_disable", True)
    with pytest.raises(ValueError, match=r"shape of `outputs`, \(5, 3\), or indices"):
        loss_of(batch[0], batch[1][:, :2])
    with pytest.raises(ValueError, match=r"got torch.float64 of shape \(5,\)"):
        loss_of(batch[0], batch[1][:, 0])
