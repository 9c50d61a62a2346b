"""Swapping activations: all of them, at the right width, and gates left alone."""

import pytest
import torch
from torch import nn

from trainwell.core.errors import ModelError
from trainwell.layers.activations import Swish, swap_activation
from trainwell.layers.activations._elu import elu_layer as elu
from trainwell.layers.activations._prelu import prelu_layer as prelu
from trainwell.layers.activations._relu import relu_layer as relu
from trainwell.layers.activations._swish import swish_layer as swish


def network():
    return nn.Sequential(
        nn.Conv2d(3, 4, 3),
        nn.ReLU(inplace=True),
        nn.Sequential(nn.Conv2d(4, 6, 3), nn.GELU()),
        nn.Flatten(),
        nn.Linear(6, 5),
        Swish(),
    )


IMAGES = torch.ones(2, 3, 5, 5)


def test_every_activation_is_replaced_and_named():
    model = network()
    report = swap_activation(model, elu)
    kinds = (type(model[1]), type(model[2][1]), type(model[5]))
    assert kinds == (nn.ELU, nn.ELU, nn.ELU)
    assert report[0] == "1: ReLU(inplace=True) -> ELU(alpha=1.0)"
    assert [line.split(":")[0] for line in report] == ["1", "2.1", "5"]


def test_channels_are_found_with_an_example():
    model = network()
    swap_activation(model, prelu, IMAGES)
    widths = [p.numel() for layer in (model[1], model[2][1], model[5]) for p in layer.parameters()]  # fmt: skip
    assert widths == [4, 6, 5]
    assert model(IMAGES).shape == (2, 5)
    assert model[0]._forward_pre_hooks == {}


def test_without_an_example_the_channels_share():
    model = network()
    swap_activation(model, lambda num_features: prelu(num_features, initial=0.5))
    assert model[1].weight.tolist() == [0.5]


def test_mode_and_dtype_are_kept():
    model = network().double().eval()
    swap_activation(model, lambda num_features: swish(num_features, learned=True))
    assert model[1].beta.dtype == torch.float64
    assert not model[1].training


class Reused(nn.Module):
    """One activation at two widths, under two names."""

    def __init__(self):
        super().__init__()
        self.narrow, self.wide = nn.Linear(3, 4), nn.Linear(4, 8)
        self.first = self.again = nn.ReLU()

    def forward(self, x):
        return self.again(self.wide(self.first(self.narrow(x))))


def test_a_shared_module_stays_shared():
    model = Reused()
    assert len(swap_activation(model, prelu, torch.ones(2, 3))) == 2
    assert model.first is model.again
    assert model.first.weight.numel() == 1


def test_gates_stay_unless_there_is_nothing_else():
    model = nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Sigmoid())
    assert len(swap_activation(model, elu)) == 1
    assert isinstance(model[2], nn.Sigmoid)
    lectures = nn.Sequential(nn.Linear(2, 2), nn.Sigmoid(), nn.Softmax(1))
    swap_activation(lectures, relu)
    assert [type(m) for m in lectures[1:]] == [nn.ReLU, nn.Softmax]


def test_a_model_without_activation_modules():
    with pytest.raises(ModelError, match="no activation module to replace"):
        swap_activation(nn.Sequential(nn.Linear(2, 2)), relu)
