"""The two plain networks: their layers in order, their shapes and their start."""

import pytest
import torch
from torch import nn

from trainwell.experiments import Small, deep_mlp, small_cnn


@pytest.fixture
def images():
    torch.manual_seed(0)
    x = torch.randn(20, 3, 16, 8)
    return Small(x, torch.arange(20) % 5, x, torch.arange(20) % 5)


def kinds(model):
    return [type(layer).__name__ for layer in model]


def test_the_layers_of_the_convolutional_network(images):
    model = small_cnn(images, (4, 6), activation=nn.Tanh, norm=nn.BatchNorm2d)
    block = ["Conv2d", "BatchNorm2d", "Tanh", "MaxPool2d"]
    assert kinds(model) == [*block, *block, "Flatten", "Linear"]
    assert (model[1].num_features, model[5].num_features) == (4, 6)
    assert model[-1].in_features == 6 * 4 * 2
    assert model(images.x).shape == (20, 5)


def test_the_norm_behind_the_activation(images):
    model = small_cnn(images, (4,), norm=nn.BatchNorm2d, norm_last=True)
    assert kinds(model)[:3] == ["Conv2d", "ReLU", "BatchNorm2d"]


def test_the_layers_of_the_deep_network(images):
    model = deep_mlp(images.flat(), width=8, depth=2, norm=nn.BatchNorm1d)
    block = ["Linear", "BatchNorm1d", "ReLU"]
    assert kinds(model) == [*block, *block, "Linear"]
    assert model(images.flat().x).shape == (20, 5)
    assert kinds(deep_mlp(images.flat(), width=8, depth=1)) == [
        "Linear",
        "ReLU",
        "Linear",
    ]


def test_it_starts_as_he_says(images):
    weight = deep_mlp(images.flat(), width=500, depth=2)[2].weight
    assert weight.std().item() == pytest.approx((2 / 500) ** 0.5, rel=0.02)
    assert not small_cnn(images, (4,))[0].bias.any()


def test_no_layers(images):
    with pytest.raises(ValueError, match="`depth` must be positive, got 0"):
        deep_mlp(images.flat(), width=8, depth=0)
