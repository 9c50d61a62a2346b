"""The proximal step: by hand, what it minimises, and exact zeros against none."""

import pytest
import torch

from trainwell.losses.penalties import l1, soft_threshold_
from trainwell.optim._sgd import sgd


def test_by_hand():
    w = torch.nn.Parameter(torch.tensor([[2.0, -0.5, 0.5, -3.0, 0.25]]))
    soft_threshold_([w], 0.5)
    assert w.tolist() == [[1.5, 0, 0, -2.5, 0]]


def test_it_minimises_distance_and_penalty():
    w = torch.tensor([1.3, -0.2, 0.9, -2.0], dtype=torch.float64)
    grid = torch.linspace(-3, 3, 600_001, dtype=torch.float64)
    best = [grid[((grid - v) ** 2 / 2 + 0.7 * grid.abs()).argmin()].item() for v in w]
    soft_threshold_([w], 0.7)
    assert w.tolist() == pytest.approx(best, abs=1e-5)


def lasso(proximal, lr=0.1, strength=0.3):
    """Fit 2 of 8 inputs; return the weights."""
    g = torch.Generator().manual_seed(0)
    x = torch.randn(60, 8, generator=g)
    y = 2 * x[:, 0] - 1.5 * x[:, 3] + 0.1 * torch.randn(60, generator=g)
    w = torch.nn.Parameter(torch.randn(8, generator=g))
    optimizer = sgd([w], lr)
    for _ in range(300):
        optimizer.zero_grad()
        loss = (x @ w - y).square().mean() / 2
        if not proximal:
            loss = loss + strength * l1([w])
        loss.backward()
        optimizer.step()
        if proximal:
            soft_threshold_([w], lr * strength)
    return w.detach()


def test_exact_zeros_where_the_subgradient_has_none():
    proximal, plain = lasso(proximal=True), lasso(proximal=False)
    assert proximal.nonzero().flatten().tolist() == [0, 3]
    assert (plain != 0).all()
    # they agree but for the jumps about zero, which are as large as lr * strength
    torch.testing.assert_close(proximal, plain, rtol=0, atol=0.06)


def test_a_negative_amount():
    with pytest.raises(ValueError, match="`amount` must be in"):
        soft_threshold_([torch.ones(1)], -0.1)
