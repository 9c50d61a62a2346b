"""Maxout: the largest piece, relu and absolute value as special cases."""

import numpy as np
import pytest
import torch
from torch import nn

from trainwell.layers.activations import Maxout, MaxoutConv2d, MaxoutLinear
from trainwell.layers.activations.functional import maxout


def test_by_hand():
    x = torch.tensor([[1.0, -2.0, 3.0, 5.0, 0.0, -1.0]])
    assert maxout(x).tolist() == [[1, 5, 0]]
    assert maxout(x, pieces=3).tolist() == [[3, 5]]
    assert torch.equal(maxout(x, pieces=1), x)


def test_linear_written_out():
    torch.manual_seed(0)
    layer = MaxoutLinear(3, 2, pieces=4).double()
    w, b = (p.detach().numpy() for p in layer.affine.parameters())
    x = np.random.default_rng(0).normal(size=(5, 3))
    expected = np.empty((5, 2))
    for n in range(5):
        for i in range(2):
            rows = range(4 * i, 4 * i + 4)
            expected[n, i] = max(w[r] @ x[n] + b[r] for r in rows)
    y = layer(torch.from_numpy(x))
    np.testing.assert_allclose(y.detach().numpy(), expected, rtol=1e-12)
    tokens = torch.from_numpy(x).view(1, 5, 3)
    torch.testing.assert_close(layer(tokens)[0], y)


def test_convolution_is_the_largest_of_its_pieces():
    torch.manual_seed(0)
    layer = MaxoutConv2d(4, 6, 3, pieces=2, padding=1, stride=2, groups=2)
    x = torch.randn(2, 4, 8, 8)
    w, b = layer.affine.weight, layer.affine.bias
    pieces = [
        nn.functional.conv2d(x, w[j::2], b[j::2], stride=2, padding=1, groups=2)
        for j in range(2)
    ]
    torch.testing.assert_close(layer(x), torch.maximum(*pieces))
    assert layer(x).shape == (2, 6, 4, 4)


def test_relu_and_absolute_value_are_maxout():
    layer = MaxoutLinear(1, 1, bias=False)
    x = torch.linspace(-2, 2, 9).view(-1, 1)
    with torch.no_grad():
        layer.affine.weight.copy_(torch.tensor([[1.0], [0.0]]))
        assert torch.equal(layer(x), x.relu())
        layer.affine.weight.copy_(torch.tensor([[1.0], [-1.0]]))
        assert torch.equal(layer(x), x.abs())


def test_gradient():
    x = torch.randn(2, 6, 3, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(Maxout(pieces=3), x)


def test_messages():
    with pytest.raises(ValueError, match="`pieces` must divide the 5 channels, got 2"):
        maxout(torch.ones(1, 5))
    for build in (Maxout, lambda pieces: MaxoutLinear(2, 2, pieces=pieces)):
        with pytest.raises(ValueError, match="`pieces` must be positive, got 0"):
            build(pieces=0)
