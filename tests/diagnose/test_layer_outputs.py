"""Rows of layer outputs, by hand."""

import pytest
import torch
from torch import nn

from trainwell.diagnose._layer_outputs import (
    OutputRecorder,
    measured_layers,
    outputs_observed,
)


def test_layers_with_weights_and_activations_are_measured():
    model = nn.Sequential(
        nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.ReLU(), nn.Flatten()
    )
    assert list(measured_layers(model)) == ["0", "2"]
    assert list(measured_layers(nn.Linear(2, 2))) == ["linear"]


def test_channels_are_last_after_a_linear_layer_and_first_after_a_convolution():
    model = nn.Sequential(
        nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Flatten(), nn.Linear(8, 3), nn.Tanh()
    )
    axes = []
    layers = measured_layers(model).values()
    with outputs_observed(layers, lambda layer, y, axis: axes.append(axis)):
        model(torch.zeros(2, 1, 4, 4))
    assert axes == [1, 1, -1, -1]
    model(torch.zeros(2, 1, 4, 4))
    assert len(axes) == 4, "the hooks are gone"


def test_a_row_per_call_with_its_depth_and_statistics():
    layer, advanced = nn.Linear(2, 1, bias=False), []
    nn.init.ones_(layer.weight)
    model = nn.Sequential(layer, nn.ReLU())
    recorder = OutputRecorder(measured_layers(model), advanced.append)
    with recorder:
        x = torch.tensor([[1.0, 2.0], [4.0, 5.0]])
        model(x).sum().backward()
        model(x)
    rows = recorder.rows({layer: 0.5})
    assert [(r.name, r.role, r.depth) for r in rows] == [
        ("0", "weight", 1),
        ("1", "activation", 1),
        ("0 (2)", "weight", 2),
        ("1 (2)", "activation", 2),
    ]
    assert (rows[0].mean, rows[0].std) == pytest.approx((6.0, 3.0))
    assert [r.gradient_norm for r in rows] == [0.5, None, 0.5, None]
    assert (rows[0].dead, rows[1].dead) == (None, 0.0)
    assert sum(rows[0].counts) == 2
    assert advanced == [1] * 4, "forward and backward, the first call of each"
