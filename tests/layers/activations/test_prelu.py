"""The parametric rectifier: a slope per channel, and its gradient."""

import pytest
import torch

from trainwell.layers.activations._prelu import prelu_layer as prelu


def test_by_hand():
    layer = prelu(2)
    assert layer.weight.tolist() == [0.25, 0.25]
    layer.weight.data = torch.tensor([0.5, 0.1])
    x = torch.tensor([[-2.0, -2.0], [3.0, 4.0]])
    torch.testing.assert_close(layer(x), torch.tensor([[-1.0, -0.2], [3.0, 4.0]]))


def test_channels_are_at_axis_1_of_images():
    layer = prelu(3)
    layer.weight.data = torch.tensor([0.0, 0.5, 1.0])
    y = layer(-torch.ones(2, 3, 4, 4))
    assert y[0, :, 1, 2].tolist() == [0.0, -0.5, -1.0]


def test_the_slope_learns_from_negative_inputs_only():
    layer = prelu(initial=0.1)
    layer(torch.tensor([[-2.0], [-3.0], [7.0]])).sum().backward()
    assert layer.weight.grad.tolist() == [-5.0]


def test_messages():
    with pytest.raises(ValueError, match="`num_features` must be positive, got 0"):
        prelu(0)
    with pytest.raises(ValueError, match="`initial` must be finite, got inf"):
        prelu(initial=float("inf"))
