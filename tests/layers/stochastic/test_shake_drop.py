"""ShakeDrop: shaken where dropped, apart forth and back, its mean in evaluation."""

import pytest
import torch

from trainwell.layers.stochastic import ShakeDrop
from trainwell.layers.stochastic.functional import shake_drop


def test_forward_and_backward_written_out():
    g = torch.Generator().manual_seed(0)
    branch = torch.randn(4, 2, 3, generator=g, dtype=torch.float64, requires_grad=True)
    kept = torch.tensor([1.0, 0.0, 1.0, 0.0]).double()
    alpha = torch.tensor([0.3, -0.5, -1.0, 1.0]).double()
    beta = torch.tensor([0.9, 0.2, 0.0, 0.6]).double()
    dy = torch.arange(24.0).double().view(4, 2, 3)
    y = shake_drop(branch, kept, alpha, beta)
    y.backward(dy)
    for n in range(4):
        forth = 1.0 if kept[n] else alpha[n]
        back = 1.0 if kept[n] else beta[n]
        torch.testing.assert_close(y[n], forth * branch[n])
        torch.testing.assert_close(branch.grad[n], back * dy[n])


def test_draws_of_the_layer():
    torch.manual_seed(0)
    n, p = 20_000, 0.3
    x = torch.ones(n, 2, requires_grad=True)
    y = ShakeDrop(p=p)(x)
    y.sum().backward()
    assert torch.equal(y[:, 0], y[:, 1])
    forth, back = y.detach()[:, 0], x.grad[:, 0]
    shaken = forth != 1
    assert abs(shaken.float().mean() - p) < 4 * (p * (1 - p) / n) ** 0.5
    assert (back[~shaken] == 1).all()
    assert forth[shaken].min() < -0.99
    assert forth[shaken].max() > 0.99
    assert back[shaken].min() > 0
    assert back[shaken].max() > 0.99
    assert abs(back[shaken].mean() - 0.5) < 0.02


def test_evaluation_is_the_mean_of_training():
    torch.manual_seed(0)
    n, layer = 100_000, ShakeDrop(p=0.4)
    mean = layer(torch.ones(n, 1)).mean()
    evaluated = layer.eval()(torch.ones(1, 1)).item()
    assert evaluated == pytest.approx(0.6)
    assert abs(mean - evaluated) < 4 * (0.6 * 0.4 + 0.4 / 3) ** 0.5 / n**0.5


def test_limits():
    x = torch.randn(5, 3)
    assert ShakeDrop(p=0.0)(x) is x
    assert ShakeDrop(p=0.0).eval()(x) is x
    assert not ShakeDrop(p=1.0).eval()(x).any()


def test_p_out_of_range():
    with pytest.raises(ValueError, match=r"`p` must be in \[0, 1\], got -0.5"):
        ShakeDrop(p=-0.5)
