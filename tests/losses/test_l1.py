"""The mean absolute error by hand, written out, with a mask, and against torch."""

from functools import partial

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from trainwell import losses as per_batch

l1 = partial(per_batch.l1_loss, reduction="none")


@pytest.fixture
def points():
    return 3 * torch.randn(
        2, 4, 5, 2, generator=torch.Generator().manual_seed(0), dtype=torch.float64
    )


def test_by_hand():
    outputs = torch.tensor([[[3.0, -4.0], [5.0, -6.0]]])
    loss = l1(outputs, torch.zeros(1, 2, 2))
    assert loss.tolist() == [4.5]  # |3| + |-4| + |5| + |-6| over 4


def test_written_out_definition(points):
    x, t = points
    visible = torch.rand(4, 5, generator=torch.Generator().manual_seed(1)) < 0.6
    losses = l1(x, t, visible=visible)
    for i in range(4):
        values = [
            abs(d)
            for j in range(5)
            if visible[i, j]
            for d in (x[i, j] - t[i, j]).tolist()
        ]
        np.testing.assert_allclose(losses[i].item(), sum(values) / len(values))


def test_agrees_with_torch(points):
    x, t = points.flatten(2)
    expected = F.l1_loss(x, t, reduction="none").mean(1)
    torch.testing.assert_close(l1(x, t), expected)


def test_gradient(points):
    x, t = points
    x.requires_grad_()
    assert torch.autograd.gradcheck(lambda x: l1(x, t), x)
