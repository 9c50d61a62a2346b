import pytest
import torch
from torch import nn

from trainwell.models import mlp, num_parameters


def test_layers_in_order():
    model = mlp(4, in_channels=2, image_size=3, hidden=(5, 6))
    kinds = [nn.Flatten, nn.Linear, nn.ReLU, nn.Linear, nn.ReLU, nn.Linear]
    assert [type(m) for m in model] == kinds
    assert num_parameters(model) == (18 * 5 + 5) + (5 * 6 + 6) + (6 * 4 + 4)


def test_no_hidden_layer_is_a_linear_classifier():
    model = mlp(4, in_channels=1, image_size=3, hidden=())
    x = torch.randn(2, 1, 3, 3)
    expected = x.flatten(1) @ model[1].weight.T + model[1].bias
    torch.testing.assert_close(model(x), expected)


def test_the_scale_of_the_signal_is_kept():
    torch.manual_seed(0)
    model = mlp(10, image_size=32, hidden=(512,) * 8)
    x = torch.randn(64, 3, 32, 32)
    hidden = model[:-1](x)
    assert 0.5 < hidden.square().mean() < 2  # twice the variance, half cut by ReLU


def test_errors():
    with pytest.raises(ValueError, match="`hidden` must be positive, got 0"):
        mlp(image_size=8, hidden=(4, 0))
