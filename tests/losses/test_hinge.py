"""The multiclass hinge by hand, written out, at its limits, and against torch."""

from functools import partial

import pytest
import torch
import torch.nn.functional as F

from trainwell import losses as per_batch

hinge = partial(per_batch.hinge_loss, reduction="none")


@pytest.fixture
def batch():
    g = torch.Generator().manual_seed(0)
    scores = 2 * torch.randn(6, 4, generator=g, dtype=torch.float64)
    return scores, torch.tensor([0, 3, 1, 2, 2, 0])


def test_by_hand():
    # the lectures' cat: max(0, 5.1 - 3.2 + 1) + max(0, -1.7 - 3.2 + 1)
    loss = hinge(torch.tensor([[3.2, 5.1, -1.7]] * 2), torch.tensor([0, 1]))
    torch.testing.assert_close(loss, torch.tensor([2.9, 0.0]))


def test_written_out_definition(batch):
    scores, labels = batch
    for f, y, loss in zip(
        scores.tolist(), labels.tolist(), hinge(scores, labels, margin=0.7), strict=True
    ):
        expected = sum(max(0, f[j] - f[y] + 0.7) for j in range(4) if j != y)
        assert loss.item() == pytest.approx(expected, abs=1e-12)


def test_a_distribution_gives_the_expected_loss(batch):
    scores, labels = batch
    other = (labels + 1) % 4
    soft = 0.3 * F.one_hot(labels, 4).double() + 0.7 * F.one_hot(other, 4).double()
    expected = 0.3 * hinge(scores, labels) + 0.7 * hinge(scores, other)
    torch.testing.assert_close(hinge(scores, soft), expected)


def test_agrees_with_torch_which_divides_by_the_classes(batch):
    expected = 4 * F.multi_margin_loss(*batch, margin=1.5, reduction="none")
    torch.testing.assert_close(hinge(*batch, margin=1.5), expected)


def test_no_gradient_beyond_the_margin():
    scores = torch.tensor([[3.0, 1.9, 0.0]], requires_grad=True)
    hinge(scores, torch.tensor([0])).sum().backward()
    assert scores.grad.tolist() == [[0, 0, 0]]


def test_half_precision_is_raised(batch):
    scores = batch[0].bfloat16()
    loss = hinge(scores, batch[1])
    assert loss.dtype == torch.float32
    torch.testing.assert_close(loss, hinge(scores.float(), batch[1]))


def test_gradient(batch):
    scores, labels = batch
    soft = F.one_hot(labels, 4) * 0.6 + 0.1
    scores.requires_grad_()
    assert torch.autograd.gradcheck(lambda x: hinge(x, labels), scores)
    assert torch.autograd.gradcheck(lambda x: hinge(x, soft), scores)


def test_margin_out_of_range(batch):
    with pytest.raises(ValueError, match="`margin` must be positive, got 0"):
        hinge(*batch, margin=0.0)
