"""Adaptive clipping by hand, written out for every shape, and at zero weights."""

import numpy as np
import pytest
import torch
from torch import nn

from trainwell.optim.gradients import clip_adaptive


def test_by_hand():
    # rows of weights with norm 5; gradients of norm 1 and 0.01; at most 0.1 * 5
    x = nn.Parameter(torch.tensor([[3.0, 4.0], [4.0, 3.0]]))
    x.grad = torch.tensor([[0.6, 0.8], [0.01, 0.0]])
    norm = clip_adaptive([x], limit=0.1)
    assert x.grad.tolist() == [pytest.approx([0.3, 0.4]), pytest.approx([0.01, 0])]
    assert norm.item() == pytest.approx((1 + 0.0001) ** 0.5)


@pytest.mark.parametrize("shape", [(), (4,), (3, 4), (3, 2, 3, 3)])
def test_written_out_definition(shape):
    g = torch.Generator().manual_seed(0)
    x = nn.Parameter(torch.randn(shape, generator=g))
    x.grad = torch.randn(shape, generator=g)
    w, gradient = x.detach().double().numpy(), x.grad.double().numpy()
    units = range(shape[0]) if len(shape) > 1 else [...]
    expected = gradient.copy()
    for i in units:
        most = 0.5 * max(np.sqrt((w[i] ** 2).sum()), 1e-3)
        norm = np.sqrt((gradient[i] ** 2).sum())
        if norm > most:
            expected[i] = gradient[i] * most / norm
    clip_adaptive([x], limit=0.5)
    np.testing.assert_allclose(x.grad.numpy(), expected, rtol=1e-5)


def test_weights_at_zero_can_still_move():
    x = nn.Parameter(torch.zeros(1, 2))
    x.grad = torch.tensor([[3.0, 4.0]])
    clip_adaptive([x], limit=0.1, eps=0.01)
    torch.testing.assert_close(x.grad, torch.tensor([[6e-4, 8e-4]]))


@pytest.mark.parametrize("bad", [torch.inf, torch.nan])
def test_what_is_not_finite_is_told_and_left(bad):
    x = nn.Parameter(torch.ones(2, 2))
    x.grad = torch.tensor([[bad, 3.0], [0.0, 0.0]])
    assert not clip_adaptive([x]).isfinite()
    assert x.grad[0, 1].item() == 3
    assert x.grad[1].tolist() == [0, 0]


@pytest.mark.parametrize("name", ["limit", "eps"])
def test_out_of_range(name):
    with pytest.raises(ValueError, match=f"`{name}` must be positive"):
        clip_adaptive([], **{name: 0.0})
