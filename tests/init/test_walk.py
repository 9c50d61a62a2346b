import torch
from torch import nn

from trainwell.init import init_weights_, weighted_layers


def test_reaches_every_layer_but_frozen_ones_and_norms():
    model = nn.Sequential(
        nn.Conv2d(1, 2, 3),
        nn.BatchNorm2d(2),
        nn.ConvTranspose2d(2, 2, 2),
        nn.Linear(2, 3),
    )
    model[0].weight.requires_grad_(False)
    assert list(weighted_layers(model)) == ["2", "3"]
    assert init_weights_(model, lambda w: w.fill_(7.0), bias=0.01) == 2
    assert not (model[0].weight == 7).any()
    assert (model[1].weight == 1).all()
    assert (model[2].weight == 7).all()
    assert (model[3].weight == 7).all()
    assert (model[3].bias == 0.01).all()


def test_a_shared_weight_is_drawn_once():
    model = nn.Sequential(nn.Linear(3, 3), nn.Linear(3, 3, bias=False))
    model[1].weight = model[0].weight
    assert init_weights_(model, lambda w: w.add_(1)) == 1


def test_biases_are_zero_by_default():
    layer = nn.Linear(3, 3)
    init_weights_(nn.Sequential(layer), torch.Tensor.zero_)
    assert not layer.bias.any()
