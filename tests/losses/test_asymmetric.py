"""Asymmetric loss by hand, written out, at its limits."""

import math
from functools import partial

import pytest
import torch

from trainwell import losses as per_batch

asymmetric = partial(per_batch.asymmetric_loss, reduction="none")
cross_entropy = partial(per_batch.binary_cross_entropy, reduction="none")


@pytest.fixture
def batch():
    g = torch.Generator().manual_seed(0)
    logits = 3 * torch.randn(5, 3, generator=g, dtype=torch.float64)
    return logits, torch.rand(5, 3, generator=g, dtype=torch.float64)


def test_by_hand():
    # sigmoid(log 3) = 3/4; less 1/4 it is 1/2
    logits = torch.tensor([[math.log(3)]] * 2)
    expected = [1 / 4 * math.log(4 / 3), 1 / 16 * math.log(2)]
    found = asymmetric(logits, torch.tensor([[1], [0]]), clip=0.25)
    torch.testing.assert_close(found, torch.tensor(expected))


def test_written_out_definition(batch):
    logits, targets = batch
    weight = [0.5, 2.0, 1.0]
    options = {"gamma_pos": 1.5, "gamma_neg": 3.0, "clip": 0.2}
    found = asymmetric(logits, targets, torch.tensor(weight), **options)
    for z, t, value in zip(logits.tolist(), targets.tolist(), found, strict=True):
        expected = 0.0
        for k in range(3):
            p = 1 / (1 + math.exp(-z[k]))
            q = max(p - 0.2, 0)
            yes = t[k] * (1 - p) ** 1.5 * math.log(p)
            no = (1 - t[k]) * q**3 * math.log(1 - q)
            expected -= weight[k] * (yes + no) / 3
        assert value.item() == pytest.approx(expected, abs=1e-12)


def test_without_its_parts_it_is_cross_entropy(batch):
    found = asymmetric(*batch, gamma_pos=0.0, gamma_neg=0.0, clip=0.0)
    torch.testing.assert_close(found, cross_entropy(*batch))


def test_what_is_below_the_clip_is_left_alone():
    logits = torch.tensor([[-4.0, 4.0]], requires_grad=True)
    asymmetric(logits, torch.tensor([[0, 0]])).sum().backward()
    assert logits.grad[0, 0] == 0
    assert logits.grad[0, 1] > 0.1


@pytest.mark.parametrize("gamma", [0.0, 0.5, 2.0])
@pytest.mark.parametrize("clip", [0.0, 0.05])
def test_a_sure_prediction_has_a_finite_gradient(gamma, clip):
    logits = torch.tensor([[300.0, -300.0], [-300.0, 300.0]], requires_grad=True)
    options = {"gamma_pos": gamma, "gamma_neg": gamma, "clip": clip}
    found = asymmetric(logits, torch.tensor([[1, 0], [1, 0]]), **options)
    found.sum().backward()
    assert found.isfinite().all()
    assert logits.grad.isfinite().all()
    assert logits.grad[0].abs().max() < 1e-3


def test_gradient(batch):
    logits, targets = batch
    logits.requires_grad_()
    assert torch.autograd.gradcheck(lambda x: asymmetric(x, targets), logits)


@pytest.mark.parametrize("name", ["gamma_pos", "gamma_neg"])
def test_errors(batch, name):
    with pytest.raises(ValueError, match=rf"`{name}` must be in \[0, inf\], got -1"):
        asymmetric(*batch, **{name: -1.0})
    with pytest.raises(ValueError, match=r"`clip` must be in \[0, 1\), got 1"):
        asymmetric(*batch, clip=1.0)
    with pytest.raises(ValueError, match="one value per class, 3, got shape"):
        asymmetric(*batch, torch.ones(2))
