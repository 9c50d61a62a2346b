"""Which parameters decay, by name, in a model that has every kind."""

import pytest
import torch
from torch import nn

from trainwell.optim import decay_groups, decayed_weights


class Mixed(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.norm = nn.BatchNorm2d(4)
        self.layer_norm = nn.LayerNorm((4, 2))
        self.up = nn.ConvTranspose1d(4, 4, 3)
        self.attention = nn.MultiheadAttention(4, 2, add_bias_kv=True)
        self.embedding = nn.Embedding(5, 4)
        self.head = nn.Linear(4, 5)
        self.head.weight = self.embedding.weight
        self.token = nn.Parameter(torch.zeros(1, 1, 4))
        self.scale = nn.Parameter(torch.ones(()))
        self.frozen = nn.Linear(4, 4).requires_grad_(False)


def names(model, group):
    by_id = {id(p): name for name, p in model.named_parameters()}
    return [by_id[id(p)] for p in group["params"]]


def test_weights_decay_and_nothing_else():
    model = Mixed()
    decayed, rest = decay_groups(model, 0.05)
    assert (decayed["weight_decay"], rest["weight_decay"]) == (0.05, 0.0)
    assert names(model, decayed) == [
        "conv.weight",
        "up.weight",
        "attention.in_proj_weight",
        "attention.out_proj.weight",
        "embedding.weight",
    ]
    assert names(model, rest) == [
        "token",
        "scale",
        "conv.bias",
        "norm.weight",
        "norm.bias",
        "layer_norm.weight",
        "layer_norm.bias",
        "up.bias",
        "attention.in_proj_bias",
        "attention.bias_k",
        "attention.bias_v",
        "attention.out_proj.bias",
        "head.bias",
    ]


def test_the_decayed_weights_are_those_of_the_first_group():
    model = Mixed()
    decayed, _ = decay_groups(model, 0.05)
    weights = decayed_weights(model)
    assert len(weights) == 5
    assert all(a is b for a, b in zip(weights, decayed["params"], strict=True))


def test_an_empty_group_is_left_out():
    (group,) = decay_groups(nn.BatchNorm2d(3), 0.1)
    assert group["weight_decay"] == 0.0
    assert decay_groups(nn.Linear(2, 2).requires_grad_(False), 0.1) == []


def test_negative_decay():
    with pytest.raises(ValueError, match="`weight_decay` must be in"):
        decay_groups(nn.Linear(2, 2), -0.1)


def test_of_a_normalised_weight_the_lengths_decay():
    model = nn.Sequential(
        nn.utils.parametrizations.weight_norm(nn.Conv2d(3, 4, 3)),
        nn.utils.parametrizations.spectral_norm(nn.Linear(4, 4)),
    )
    decayed, rest = decay_groups(model, 0.05)
    assert names(model, decayed) == [
        "0.parametrizations.weight.original0",
        "1.parametrizations.weight.original",
    ]
    assert names(model, rest) == [
        "0.bias",
        "0.parametrizations.weight.original1",
        "1.bias",
    ]
    lengths = decayed["params"][0]
    assert torch.isclose(lengths.square().sum(), model[0].weight.square().sum())
