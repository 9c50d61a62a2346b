"""Focal loss by hand, written out, at its limits."""

import math
from functools import partial

import pytest
import torch
import torch.nn.functional as F

from trainwell import losses as per_batch

cross_entropy = partial(per_batch.cross_entropy, reduction="none")
focal = partial(per_batch.focal_loss, reduction="none")


@pytest.fixture
def batch():
    g = torch.Generator().manual_seed(0)
    logits = torch.randn(5, 3, generator=g, dtype=torch.float64)
    return logits, torch.tensor([0, 2, 1, 1, 0])


def test_by_hand():
    # softmax(0, log 3) = (1/4, 3/4)
    loss = focal(torch.tensor([[0.0, math.log(3)]] * 2), torch.tensor([0, 1]))
    expected = [9 / 16 * math.log(4), 1 / 16 * math.log(4 / 3)]
    torch.testing.assert_close(loss, torch.tensor(expected))


def test_written_out_definition(batch):
    logits, labels = batch
    weights = [0.5, 2.0, 1.0]
    losses = focal(logits, labels, gamma=1.5, weight=torch.tensor(weights).double())
    for z, y, loss in zip(logits.tolist(), labels.tolist(), losses, strict=True):
        p = math.exp(z[y]) / sum(math.exp(v) for v in z)
        expected = -weights[y] * (1 - p) ** 1.5 * math.log(p)
        assert loss.item() == pytest.approx(expected, abs=1e-12)


def test_no_gamma_is_cross_entropy(batch):
    logits, labels = batch
    weights = torch.tensor([0.5, 2.0, 1.0])
    torch.testing.assert_close(
        focal(logits, labels, gamma=0.0, weight=weights),
        cross_entropy(logits, labels, weight=weights),
    )


def test_a_mixed_target_is_the_mix_of_the_losses(batch):
    logits, labels = batch
    other = (labels + 1) % 3
    soft = 0.2 * F.one_hot(labels, 3).double() + 0.8 * F.one_hot(other, 3).double()
    expected = 0.2 * focal(logits, labels) + 0.8 * focal(logits, other)
    torch.testing.assert_close(focal(logits, soft), expected)


@pytest.mark.parametrize("gamma", [0.5, 1.0, 2.0])
def test_a_sure_prediction_has_a_finite_gradient(gamma):
    logits = torch.tensor([[200.0, 0.0], [-200.0, 0.0]], requires_grad=True)
    losses = focal(logits, torch.tensor([0, 0]), gamma=gamma)
    losses.sum().backward()
    assert losses.tolist() == pytest.approx([0, 200])
    assert logits.grad[0].abs().max() < 1e-3
    assert logits.grad[1].tolist() == pytest.approx([-1, 1])


def test_half_precision_is_raised(batch):
    logits = batch[0].bfloat16()
    loss = focal(logits, batch[1])
    assert loss.dtype == torch.float32
    torch.testing.assert_close(loss, focal(logits.float(), batch[1]))


def test_gradient(batch):
    logits, labels = batch
    logits.requires_grad_()
    assert torch.autograd.gradcheck(lambda x: focal(x, labels, gamma=1.5), logits)


def test_errors(batch):
    with pytest.raises(ValueError, match=r"`gamma` must be in \[0, inf\], got -1"):
        focal(*batch, gamma=-1.0)
    with pytest.raises(ValueError, match="one value per class, 3, got shape"):
        focal(*batch, weight=torch.ones(2))
