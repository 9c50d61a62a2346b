"""Poly-1 by hand, written out, at its limit."""

import math

import pytest
import torch

from trainwell.losses import cross_entropy, poly1_loss


@pytest.fixture
def batch():
    g = torch.Generator().manual_seed(0)
    logits = torch.randn(5, 3, generator=g, dtype=torch.float64)
    return logits, torch.tensor([0, 2, 1, 1, 0])


def test_by_hand():
    # softmax(0, log 3) = (1/4, 3/4)
    logits = torch.tensor([[0.0, math.log(3)]] * 2)
    loss = poly1_loss(logits, torch.tensor([0, 1]), epsilon=2.0, reduction="none")
    expected = [math.log(4) + 2 * 3 / 4, math.log(4 / 3) + 2 / 4]
    torch.testing.assert_close(loss, torch.tensor(expected))


def test_written_out_definition(batch):
    logits, labels = batch
    losses = poly1_loss(logits, labels, epsilon=-0.7, reduction="none")
    for z, y, loss in zip(logits.tolist(), labels.tolist(), losses, strict=True):
        p = math.exp(z[y]) / sum(math.exp(v) for v in z)
        assert loss.item() == pytest.approx(-math.log(p) - 0.7 * (1 - p), abs=1e-12)


def test_no_epsilon_is_cross_entropy(batch):
    torch.testing.assert_close(poly1_loss(*batch, epsilon=0.0), cross_entropy(*batch))


def test_gradient(batch):
    logits, labels = batch
    logits.requires_grad_()
    assert torch.autograd.gradcheck(lambda x: poly1_loss(x, labels), logits)


def test_errors(batch):
    with pytest.raises(ValueError, match=r"`epsilon` must be in \[-1, inf\], got -2"):
        poly1_loss(*batch, epsilon=-2.0)
