"""DropConnect: a mask per example, its moments, both rules at test time."""

import math

import jaxtyping
import numpy as np
import pytest
import torch
from torch import nn

from trainwell.layers.stochastic import DropConnectLinear
from trainwell.layers.stochastic._drop_connect import drop_connect_layer as drop_connect
from trainwell.layers.stochastic._drop_connect import moments
from trainwell.layers.stochastic.functional import drop_connect_linear


def parts(seed=0):
    g = torch.Generator().manual_seed(seed)
    x, w, b = (torch.randn(s, generator=g).double() for s in [(4, 3), (2, 3), (2,)])
    kept = (torch.rand(4, 2, 3, generator=g) > 0.4).double()
    kept_bias = (torch.rand(4, 2, generator=g) > 0.4).double()
    return x, w, b, kept, kept_bias


def test_by_hand():
    u = drop_connect_linear(
        torch.tensor([[1.0, 2.0], [1.0, 2.0]]),
        torch.tensor([[3.0, 5.0]]),
        torch.tensor([7.0]),
        torch.tensor([[[1.0, 0.0]], [[0.0, 1.0]]]),
        torch.tensor([[1.0], [0.0]]),
        p=0.5,
    )
    assert u.tolist() == [[20.0], [20.0]]


def test_written_out_definition():
    x, w, b, kept, kept_bias = parts()
    expected = np.zeros((4, 2))
    for n in range(4):
        for o in range(2):
            total = kept_bias[n, o] * b[o]
            for i in range(3):
                total = total + kept[n, o, i] * w[o, i] * x[n, i]
            expected[n, o] = total / 0.6
    u = drop_connect_linear(x, w, b, kept, kept_bias, p=0.4)
    np.testing.assert_allclose(u, expected, rtol=1e-12)


def test_moments_are_those_of_the_masks():
    n, p = 40_000, 0.3
    torch.manual_seed(0)
    x, w, b = parts()[:3]
    rows = x[:1].expand(n, 3)
    kept, kept_bias = torch.rand(n, 2, 3) >= p, torch.rand(n, 2) >= p
    u = drop_connect_linear(rows, w, b, kept.double(), kept_bias.double(), p=p)
    mean, var = (m[0] for m in moments(x[:1], w, b, p=p))
    assert ((u.mean(0) - mean).abs() < 4 * (var / n).sqrt()).all()
    kurtosis_bound = 4 * var * math.sqrt(3 / n)
    assert ((u.var(0) - var).abs() < kurtosis_bound).all()


def test_the_layer_draws_one_mask_per_row():
    torch.manual_seed(0)
    layer = DropConnectLinear(50, 4, p=0.5)
    y = layer(torch.ones(3, 2, 50))
    assert y.shape == (3, 2, 4)
    assert len(y.view(6, 4).unique(dim=0)) == 6


def test_the_mean_of_many_draws_is_the_plain_layer():
    torch.manual_seed(0)
    linear, n = nn.Linear(3, 2), 40_000
    layer = drop_connect(linear, p=0.4)
    x = torch.randn(1, 3)
    mean, var = moments(x, linear.weight, linear.bias, p=0.4)
    drawn = layer(x.expand(n, 3)).mean(0)
    assert ((drawn - mean[0]).abs() < 4 * (var[0] / n).sqrt()).all()
    assert torch.equal(layer.eval()(x), linear(x))


def test_parameters_and_names_are_those_of_the_layer_replaced():
    linear = nn.Linear(3, 2).eval()
    layer = drop_connect(linear, nn.ReLU())
    assert layer.weight is linear.weight
    assert layer.state_dict().keys() == linear.state_dict().keys()
    assert not layer.training
    assert drop_connect(nn.Linear(3, 2, bias=False)).bias is None


@pytest.mark.parametrize("activation", [nn.ReLU(), nn.Tanh()])
def test_the_gaussian_rule_averages_the_activation(activation):
    """Against a million draws from the Gaussian."""
    linear = nn.Linear(3, 2).double()
    layer = drop_connect(linear, activation, p=0.5, test="gaussian", samples=1000)
    x = torch.tensor([[1.0, -2.0, 0.5]]).double()
    y = layer.eval()(x)[0]
    mean, var = moments(x, linear.weight, linear.bias, p=0.5)
    g = torch.Generator().manual_seed(0)
    u = mean + var.sqrt() * torch.randn(1_000_000, 2, generator=g).double()
    drawn = activation(u)
    sigma = drawn.std(0) / 1000
    assert ((y - drawn.mean(0)).abs() < 4 * sigma + 1e-3).all()
    plain = activation(linear(x))[0]
    assert (y - plain).abs().max() > 0.01
    assert torch.equal(layer(x)[0], y)


def test_without_activation_both_rules_agree():
    linear = nn.Linear(3, 2)
    x = torch.randn(5, 3)
    gaussian = drop_connect(linear, test="gaussian").eval()
    torch.testing.assert_close(gaussian(x), linear(x))


def test_p_zero_is_the_plain_layer_in_training():
    linear, x = nn.Linear(3, 2), torch.randn(5, 3)
    assert torch.equal(drop_connect(linear, p=0.0)(x), linear(x))


def test_gradient():
    x, w, b, kept, kept_bias = parts()
    for t in (x, w, b):
        t.requires_grad_()
    assert torch.autograd.gradcheck(
        lambda x, w, b: drop_connect_linear(x, w, b, kept, kept_bias, p=0.4), (x, w, b)
    )


def test_messages(monkeypatch):
    monkeypatch.setattr(jaxtyping.config, "jaxtyping_disable", True)
    with pytest.raises(ValueError, match=r"`p` must be in \[0, 1\), got 1"):
        drop_connect(nn.Linear(2, 2), p=1.0)
    with pytest.raises(ValueError, match="`test` must be one of mean, gaussian"):
        drop_connect(nn.Linear(2, 2), test="gauss")
