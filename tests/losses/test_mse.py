"""The mean squared error by hand, written out, with a mask, and against torch."""

from functools import partial

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from trainwell import losses as per_batch

l2 = partial(per_batch.mse_loss, reduction="none")


@pytest.fixture
def points():
    return 3 * torch.randn(
        2, 4, 5, 2, generator=torch.Generator().manual_seed(0), dtype=torch.float64
    )


def test_by_hand():
    outputs = torch.tensor([[[3.0, -4.0], [5.0, -6.0]]])
    loss = l2(outputs, torch.zeros(1, 2, 2))
    assert loss.tolist() == [21.5]  # 9 + 16 + 25 + 36 over 4


def test_written_out_definition(points):
    x, t = points
    visible = torch.rand(4, 5, generator=torch.Generator().manual_seed(1)) < 0.6
    losses = l2(x, t, visible=visible)
    for i in range(4):
        values = [
            d * d
            for j in range(5)
            if visible[i, j]
            for d in (x[i, j] - t[i, j]).tolist()
        ]
        np.testing.assert_allclose(losses[i].item(), sum(values) / len(values))


def test_agrees_with_torch(points):
    x, t = points.flatten(2)
    expected = F.mse_loss(x, t, reduction="none").mean(1)
    torch.testing.assert_close(l2(x, t), expected)


def test_gradient(points):
    x, t = points
    x.requires_grad_()
    assert torch.autograd.gradcheck(lambda x: l2(x, t), x)
