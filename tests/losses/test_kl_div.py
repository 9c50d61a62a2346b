"""KL divergence by hand, written out, at its limits, and against scipy."""

import math
from functools import partial

import pytest
import torch
from scipy.stats import entropy

from trainwell import losses as per_batch

cross_entropy = partial(per_batch.cross_entropy, reduction="none")
kl_divergence = partial(per_batch.kl_div_with_logits, reduction="none")


@pytest.fixture
def batch():
    g = torch.Generator().manual_seed(0)
    logits, other = torch.randn(2, 5, 4, generator=g, dtype=torch.float64)
    return logits, other.softmax(1)


def test_by_hand():
    # KL((1/2, 1/2) || (1/4, 3/4)) = log(2) / 2 + log(2/3) / 2
    loss = kl_divergence(torch.tensor([[0.0, math.log(3)]]), torch.tensor([[0.5, 0.5]]))
    assert loss.item() == pytest.approx(0.5 * math.log(2) + 0.5 * math.log(2 / 3))


def test_written_out_definition(batch):
    logits, q = batch
    q[0] = torch.tensor([0.0, 1.0, 0.0, 0.0])  # zero mass counts as zero
    for z, masses, loss in zip(
        logits.tolist(), q.tolist(), kl_divergence(logits, q), strict=True
    ):
        norm = math.log(sum(math.exp(v) for v in z))
        expected = sum(
            m * (math.log(m) - (v - norm)) for v, m in zip(z, masses, strict=True) if m
        )
        assert loss.item() == pytest.approx(expected, abs=1e-12)


def test_agrees_with_scipy(batch):
    logits, q = batch
    expected = torch.from_numpy(entropy(q.numpy(), logits.softmax(1).numpy(), axis=1))
    torch.testing.assert_close(kl_divergence(logits, q), expected)


def test_zero_exactly_where_the_prediction_is_the_target(batch):
    _, q = batch
    torch.testing.assert_close(
        kl_divergence(q.log() + 3, q), torch.zeros(5).double(), atol=1e-12, rtol=0
    )


def test_an_index_is_all_mass_on_its_class(batch):
    labels = torch.tensor([0, 3, 1, 1, 2])
    torch.testing.assert_close(
        kl_divergence(batch[0], labels), cross_entropy(batch[0], labels)
    )


def test_half_precision_is_raised(batch):
    logits, q = batch[0].bfloat16(), batch[1].bfloat16()
    loss = kl_divergence(logits, q)
    assert loss.dtype == torch.float32
    torch.testing.assert_close(loss, kl_divergence(logits.float(), q.float()))


def test_gradient(batch):
    logits, q = batch
    q[0] = torch.tensor([0.0, 1.0, 0.0, 0.0])
    logits.requires_grad_()
    assert torch.autograd.gradcheck(lambda x: kl_divergence(x, q), logits)
