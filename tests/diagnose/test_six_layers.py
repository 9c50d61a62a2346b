"""The network of the lectures' experiment."""

import inspect

import pytest
import torch
from torch import nn

from trainwell.diagnose import six_layers


def test_by_default_six_layers_of_4096_units_on_4096_inputs():
    with torch.device("meta"):
        model = six_layers()
    linear = [m for m in model if isinstance(m, nn.Linear)]
    assert [(m.in_features, m.out_features) for m in linear] == [
        *[(4096, 4096)] * 6,
        (4096, 10),
    ]
    assert sum(isinstance(m, nn.Tanh) for m in model) == 6


def test_one_activation_behind_each_hidden_layer():
    kinds = [
        type(m).__name__ for m in six_layers(width=4, image_size=2, activation="relu")
    ]
    assert kinds == ["Flatten", *["Linear", "ReLU"] * 6, "Linear"]


def test_with_norms_there_are_no_useless_biases():
    model = six_layers(width=4, image_size=2, norm=True)
    kinds = [type(m).__name__ for m in model]
    assert kinds == ["Flatten", *["Linear", "BatchNorm1d", "Tanh"] * 6, "Linear"]
    assert [m.bias is None for m in model if isinstance(m, nn.Linear)] == [
        *[True] * 6,
        False,
    ]


def test_any_images():
    model = six_layers(7, in_channels=3, image_size=5, width=4)
    assert model(torch.zeros(2, 3, 5, 5)).shape == (2, 7)


def test_it_takes_what_models_take():
    assert {"num_classes", "in_channels", "image_size"} <= set(
        inspect.signature(six_layers).parameters
    )


def test_messages():
    with pytest.raises(ValueError, match="`activation` must be one of .* `relu`"):
        six_layers(activation="rel")
    with pytest.raises(ValueError, match="`width` must be positive, got 0"):
        six_layers(width=0)
