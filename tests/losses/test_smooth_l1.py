"""Smooth L1 by hand, written out with a mask, at its limits, and against torch."""

from functools import partial

import pytest
import torch
import torch.nn.functional as F

from trainwell import losses as per_batch

l1 = partial(per_batch.l1_loss, reduction="none")
smooth_l1 = partial(per_batch.smooth_l1_loss, reduction="none")


@pytest.fixture
def points():
    return torch.randn(
        2, 4, 5, 2, generator=torch.Generator().manual_seed(0), dtype=torch.float64
    )


def test_by_hand():
    # beta 2: 1/4 for an error of 1, 2 - 1 for 2, 5 - 1 for -5
    outputs = torch.tensor([[1.0, 2.0, -5.0]])
    loss = smooth_l1(outputs, torch.zeros(1, 3), beta=2.0)
    assert loss.item() == pytest.approx((0.25 + 1 + 4) / 3)


def test_written_out_definition(points):
    x, t = points
    visible = torch.rand(4, 5, generator=torch.Generator().manual_seed(1)) < 0.6
    losses = smooth_l1(x, t, beta=0.7, visible=visible)
    for i in range(4):
        errors = (x[i] - t[i])[visible[i]].flatten().abs().tolist()
        values = [d * d / 1.4 if d < 0.7 else d - 0.35 for d in errors]
        assert losses[i].item() == pytest.approx(sum(values) / len(values))


def test_far_from_zero_it_is_l1_less_half_of_beta(points):
    x, t = points[0], points[0] + 10
    torch.testing.assert_close(smooth_l1(x, t, beta=0.5), l1(x, t) - 0.25)


def test_agrees_with_torch(points):
    x, t = points.flatten(2)
    expected = F.smooth_l1_loss(x, t, reduction="none", beta=0.4).mean(1)
    torch.testing.assert_close(smooth_l1(x, t, beta=0.4), expected)


def test_gradient(points):
    x, t = points
    x.requires_grad_()
    assert torch.autograd.gradcheck(lambda x: smooth_l1(x, t), x)


def test_beta_out_of_range(points):
    with pytest.raises(ValueError, match="`beta` must be positive"):
        smooth_l1(*points, beta=0.0)
