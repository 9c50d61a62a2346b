"""A network on hand-made features."""

import pytest
import torch
from sklearn.datasets import load_digits
from torch.nn.functional import cross_entropy

from trainwell.models import hog_linear, hog_mlp, num_parameters


def test_it_is_two_layers_on_the_features_of_the_linear_one():
    x = torch.randn(40, 3, 32, 32)
    linear, network = hog_linear(500), hog_mlp(5)
    for model in (linear, network):
        model.init_from_data(x)
    z = linear.standardised(x)
    torch.testing.assert_close(network.standardised(x), z)
    by_hand = (z @ network.hidden.weight.T + network.hidden.bias).clamp_min(0)
    by_hand = by_hand @ network.fc.weight.T + network.fc.bias
    torch.testing.assert_close(network(x), by_hand)
    features = 9 * 36 + 24
    assert num_parameters(network) == 500 * (features + 1) + 5 * 501


def test_it_learns_real_digits_and_its_features_stay():
    digits = load_digits()
    x = torch.tensor(digits.images / 8 - 1, dtype=torch.float32)[:, None]
    x = torch.nn.functional.interpolate(x, scale_factor=3)
    y = torch.tensor(digits.target)
    torch.manual_seed(0)
    model = hog_mlp(10, in_channels=1, image_size=24, hidden=64)
    model.init_from_data(x[:1000])
    before = model.mean.clone()
    optimizer = torch.optim.Adam(model.parameters(), 3e-3)
    for _ in range(60):
        optimizer.zero_grad()
        cross_entropy(model(x[:1000]), y[:1000]).backward()
        optimizer.step()
    right = (model(x[1000:]).argmax(1) == y[1000:]).float().mean()
    assert right > 0.93
    assert torch.equal(model.mean, before)


def test_messages():
    with pytest.raises(ValueError, match="must be 8 or more for hog_mlp, got 7"):
        hog_mlp(image_size=7)
    with pytest.raises(ValueError, match="`hidden` must be"):
        hog_mlp(hidden=0)
