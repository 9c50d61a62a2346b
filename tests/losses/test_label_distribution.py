"""The label-distribution loss: KL to a Gaussian around the class, or its mean."""

import math
from functools import partial

import numpy as np
import pytest
import torch

from trainwell import losses as per_batch

kl_divergence = partial(per_batch.kl_div_with_logits, reduction="none")
label_distribution = partial(per_batch.label_distribution_loss, reduction="none")


@pytest.fixture
def logits():
    g = torch.Generator().manual_seed(0)
    return torch.randn(3, 6, generator=g, dtype=torch.float64)


def test_written_out_definition(logits):
    labels = [0, 2, 5]
    losses = label_distribution(logits, torch.tensor(labels), sigma=0.8)
    for z, y, loss in zip(logits.tolist(), labels, losses, strict=True):
        weights = [math.exp(-((k - y) ** 2) / (2 * 0.64)) for k in range(6)]
        norm = math.log(sum(math.exp(v) for v in z))
        expected = sum(
            q * (math.log(q) - v + norm)
            for q, v in zip([w / sum(weights) for w in weights], z, strict=True)
        )
        assert loss.item() == pytest.approx(expected, rel=1e-10)


def test_a_near_miss_costs_less_than_a_far_one():
    outputs = 5 * torch.eye(6)[[3, 4, 5]]
    losses = label_distribution(outputs, torch.tensor([3, 3, 3]))
    assert losses[0] < losses[1] < losses[2]


def test_a_narrow_one_is_kl_to_the_class(logits):
    labels = torch.tensor([0, 2, 5])
    torch.testing.assert_close(
        label_distribution(logits, labels, sigma=0.02), kl_divergence(logits, labels)
    )


def test_a_distribution_counts_as_its_expected_class(logits):
    mixed = torch.zeros(3, 6)
    mixed[:, 1] = mixed[:, 3] = 0.5
    torch.testing.assert_close(
        label_distribution(logits, mixed),
        label_distribution(logits, torch.full((3,), 2)),
    )


def test_half_precision_is_raised(logits):
    loss = label_distribution(logits.bfloat16(), torch.tensor([0, 1, 2]))
    assert loss.dtype == torch.float32


def test_gradient(logits):
    labels = torch.tensor([0, 2, 5])
    logits.requires_grad_()
    assert torch.autograd.gradcheck(lambda x: label_distribution(x, labels), logits)


def test_sigma_out_of_range(logits):
    with pytest.raises(ValueError, match="`sigma` must be positive"):
        label_distribution(logits, torch.tensor([0, 2, 5]), sigma=0.0)


def test_classes_lie_as_far_apart_as_their_values():
    ages = torch.tensor([20.0, 25.0, 60.0])
    logits = torch.tensor([[0.3, -0.2, 0.5]]).double()
    found = label_distribution(
        logits, torch.tensor([1]), values=ages.tolist(), sigma=5.0
    )
    q = np.exp(-((ages.numpy() - 25) ** 2) / 50)
    q = q / q.sum()
    p = np.exp(logits.numpy()[0]) / np.exp(logits.numpy()[0]).sum()
    assert found.item() == pytest.approx((q * np.log(q / p)).sum(), rel=1e-6)
    mixed = torch.tensor([[0.5, 0.5, 0.0]]).double()
    found = label_distribution(logits, mixed, values=ages.tolist(), sigma=5.0)
    q = np.exp(-((ages.numpy() - 22.5) ** 2) / 50)
    q = q / q.sum()
    assert found.item() == pytest.approx((q * np.log(q / p)).sum(), rel=1e-6)
    with pytest.raises(ValueError, match="`values` must be 2, one per class, got 3"):
        label_distribution(logits[:, :2], torch.tensor([1]), values=ages.tolist())
