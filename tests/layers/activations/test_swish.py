"""Swish: its definition, its limits in beta, and a beta learned per channel."""

import math

import numpy as np
import pytest
import torch
from torch import nn

from trainwell.layers.activations import Swish, functional
from trainwell.layers.activations._swish import swish_layer as swish

X = torch.linspace(-4, 4, 33, dtype=torch.float64)


def test_by_hand():
    x, beta = torch.tensor([2.0, -2.0]), torch.tensor(math.log(3) / 2)
    torch.testing.assert_close(functional.swish(x, beta), torch.tensor([1.5, -0.5]))


def test_written_out_definition():
    expected = [x / (1 + math.exp(-1.7 * x)) for x in X.tolist()]
    np.testing.assert_allclose(swish(beta=1.7).double()(X), expected, rtol=1e-6)


def test_limits():
    torch.testing.assert_close(swish(beta=0)(X), X / 2)
    torch.testing.assert_close(swish(beta=500.0)(X), X.relu())
    assert isinstance(swish(), nn.SiLU)
    torch.testing.assert_close(Swish(3)(X.view(11, 3)), swish()(X.view(11, 3)))


def test_beta_is_learned_per_channel():
    layer = swish(3, beta=0.5, learned=True)
    assert layer.beta.tolist() == [0.5] * 3
    layer.beta.data = torch.tensor([0.0, 1.0, 2.0])
    x = torch.randn(2, 3, 4, 4, generator=torch.Generator().manual_seed(0))
    for c in range(3):
        torch.testing.assert_close(
            layer(x)[:, c], x[:, c] * torch.sigmoid(float(c) * x[:, c])
        )
    layer(x)[:, 1].sum().backward()
    assert (layer.beta.grad != 0).tolist() == [False, True, False]


def test_fixed_is_not_learned():
    assert list(swish(4, beta=2.0).parameters()) == []


def test_gradient():
    x = X.view(11, 3).clone().requires_grad_()
    beta = torch.tensor([0.3, 1.0, 2.0], dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(functional.swish, (x, beta))


def test_messages():
    with pytest.raises(ValueError, match="`beta` must be finite, got nan"):
        swish(beta=math.nan)
    with pytest.raises(ValueError, match="`num_features` must be positive"):
        swish(0)
