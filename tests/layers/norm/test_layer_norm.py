"""Layer norm over channels and positions of one image, affine per channel."""

import numpy as np
import pytest
import torch
from torch import nn

from trainwell.layers.norm._layer_norm import layer_norm_layer as layer_norm

X = torch.randn(2, 3, 4, 5, generator=torch.Generator().manual_seed(0)) * 2 - 1


def test_by_hand():
    y = layer_norm(2, eps=3.0)(torch.tensor([[1.0, 3.0]]))
    torch.testing.assert_close(y, torch.tensor([[-0.5, 0.5]]))


def test_written_out_definition():
    layer = layer_norm(3).double()
    layer.weight.data = torch.tensor([1.0, 2.0, 3.0]).double()
    layer.bias.data = torch.tensor([0.0, 5.0, -1.0]).double()
    x = X.double().numpy()
    expected = np.empty_like(x)
    for n in range(2):
        hat = (x[n] - x[n].mean()) / np.sqrt(x[n].var() + 1e-5)
        for c in range(3):
            expected[n, c] = [1.0, 2.0, 3.0][c] * hat[c] + [0.0, 5.0, -1.0][c]
    y = layer(X.double()).detach()
    np.testing.assert_allclose(y, expected, rtol=1e-9, atol=1e-12)


def test_agrees_with_torch_on_vectors_and_images():
    torch.testing.assert_close(layer_norm(3)(X), nn.LayerNorm([3, 4, 5])(X))
    x = X[:, :, 0, 0]
    torch.testing.assert_close(layer_norm(3)(x), nn.LayerNorm(3)(x))


def test_messages():
    with pytest.raises(ValueError, match="`num_features` must be positive, got 0"):
        layer_norm(0)
