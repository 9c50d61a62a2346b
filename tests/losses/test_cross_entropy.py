"""Cross-entropy against a case by hand, the written-out formula, its limits, torch."""

import math
from functools import partial

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from trainwell import losses as per_batch

cross_entropy = partial(per_batch.cross_entropy, reduction="none")


@pytest.fixture
def batch():
    g = torch.Generator().manual_seed(0)
    logits = torch.randn(5, 7, generator=g, dtype=torch.float64)
    return logits, torch.randint(7, (5,), generator=g)


@pytest.fixture
def weights():
    return torch.tensor([0.5, 2.0, 1.0, 0.0, 3.0, 1.5, 0.25], dtype=torch.float64)


def test_by_hand():
    # softmax(0, log 3) = (1/4, 3/4)
    loss = cross_entropy(torch.tensor([[0.0, math.log(3)]] * 2), torch.tensor([0, 1]))
    torch.testing.assert_close(loss, torch.tensor([4.0, 4 / 3]).log())


def test_written_out_definition(batch, weights):
    logits, labels = batch
    z, w, a = logits.numpy(), weights.numpy(), 0.2
    expected = []
    for row, label in zip(z, labels.tolist(), strict=True):
        log_p = row - np.log(np.exp(row).sum())
        q = [(1 - a) * (k == label) + a / 7 for k in range(7)]
        expected.append(-w[label] * sum(q[k] * log_p[k] for k in range(7)))
    loss = cross_entropy(logits, labels, label_smoothing=a, weight=weights)
    np.testing.assert_allclose(loss.numpy(), expected, rtol=1e-12)


@pytest.mark.parametrize("smoothing", [0.0, 0.3])
def test_a_one_hot_distribution_is_its_index(batch, weights, smoothing):
    logits, labels = batch
    options = {"label_smoothing": smoothing, "weight": weights}
    torch.testing.assert_close(
        cross_entropy(logits, F.one_hot(labels, 7).double(), **options),
        cross_entropy(logits, labels, **options),
    )


def test_a_mixed_target_is_the_mix_of_the_losses(batch):
    logits, labels = batch
    other = (labels + 3) % 7
    mixed = 0.7 * F.one_hot(labels, 7).double() + 0.3 * F.one_hot(other, 7).double()
    torch.testing.assert_close(
        cross_entropy(logits, mixed),
        0.7 * cross_entropy(logits, labels) + 0.3 * cross_entropy(logits, other),
    )


def test_full_smoothing_forgets_the_target(batch):
    logits, labels = batch
    torch.testing.assert_close(
        cross_entropy(logits, labels, label_smoothing=1.0),
        cross_entropy(logits, (labels + 1) % 7, label_smoothing=1.0),
    )


def test_agrees_with_torch(batch, weights):
    """With smoothing or with weights; together, torch weighs the smoothed mass."""
    logits, labels = batch
    for options in ({"label_smoothing": 0.1}, {"weight": weights}):
        for reduction in ("none", "mean", "sum"):
            torch.testing.assert_close(
                per_batch.cross_entropy(logits, labels, reduction=reduction, **options),
                F.cross_entropy(logits, labels, reduction=reduction, **options),
            )


def test_a_rare_class_is_not_the_second_answer_to_everything(batch):
    """Where it cannot know better, the gradient pushes all wrong classes alike."""
    weights = torch.tensor([1.0, 1.0, 14.0], dtype=torch.float64)
    logits = torch.zeros(1, 3, dtype=torch.float64, requires_grad=True)
    loss = cross_entropy(logits, torch.tensor([0]), weights, label_smoothing=0.2)
    (gradient,) = torch.autograd.grad(loss.sum(), logits)
    assert gradient[0, 1] == gradient[0, 2]


def test_half_precision_is_raised_to_float32():
    outputs = torch.linspace(-4, 4, 40).view(2, 20).bfloat16()
    labels = torch.tensor([3, 17])
    loss = cross_entropy(outputs, labels)
    assert loss.dtype == torch.float32
    torch.testing.assert_close(loss, cross_entropy(outputs.float(), labels))
    soft = cross_entropy(outputs, F.one_hot(labels, 20).bfloat16())
    torch.testing.assert_close(soft, loss)


def test_gradient(batch, weights):
    logits, labels = batch
    assert torch.autograd.gradcheck(
        lambda x: cross_entropy(x, labels, label_smoothing=0.1, weight=weights),
        logits.requires_grad_(),
    )


@pytest.mark.parametrize("amount", [-0.1, 1.1])
def test_smoothing_out_of_range(batch, amount):
    with pytest.raises(ValueError, match=r"`label_smoothing` must be in \[0, 1\], got"):
        cross_entropy(*batch, label_smoothing=amount)


def test_wrong_number_of_weights(batch):
    with pytest.raises(ValueError, match="one value per class, 7, got shape"):
        cross_entropy(torch.zeros(2, 7), torch.zeros(2).long(), weight=torch.ones(6))
