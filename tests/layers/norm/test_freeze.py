"""Freeze: no gradients, no moving statistics, whatever the mode."""

import copy

import pytest
import torch
from torch import nn

from trainwell.layers import norm
from trainwell.layers.norm import freeze

KINDS = [
    nn.BatchNorm2d,
    norm.SyncBatchNorm,
    norm.BatchRenorm2d,
    norm.BatchInstanceNorm2d,
    norm.DecorrelatedBatchNorm2d,
    lambda n: nn.InstanceNorm2d(n, affine=True, track_running_stats=True),
]


def network():
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.Dropout(0.5), nn.Conv2d(4, 2, 3)
    )


def images(seed=0):
    return torch.randn(8, 3, 6, 6, generator=torch.Generator().manual_seed(seed)) + 2


def state(model):
    return copy.deepcopy(model.state_dict())


def unchanged(model, before):
    return all(torch.equal(v, before[k]) for k, v in model.state_dict().items())


def test_an_ordinary_norm_moves():
    model = network()
    before = state(model)
    model(images())
    assert not unchanged(model, before)


def test_statistics_stay_even_after_train():
    model = network()
    freeze(model)
    before = state(model)
    model.train()
    model(images())
    assert unchanged(model, before)
    assert not any(p.requires_grad for p in model.parameters())


@pytest.mark.parametrize("build", KINDS)
def test_every_norm_with_statistics_stands_still(build):
    layer = build(3)
    layer(images(1))
    expected = copy.deepcopy(layer).eval()(images())
    freeze(layer)
    before = state(layer)
    assert torch.equal(layer.train()(images()), expected)
    assert unchanged(layer, before)


def test_the_output_is_that_of_evaluation():
    model = network()[:2]
    expected = copy.deepcopy(model).eval()(images())
    freeze(model)
    assert torch.equal(model.train()(images()), expected)


def test_a_copy_stays_frozen_and_twice_is_once():
    model = network()
    freeze(model)
    freeze(model)
    assert len(model[1]._forward_pre_hooks) == 1
    clone = copy.deepcopy(model).train()
    before = state(clone)
    clone(images())
    assert unchanged(clone, before)


def test_only_the_given_part_is_frozen():
    model = network()
    freeze(model[:2])
    assert [p.requires_grad for p in model.parameters()] == [False] * 4 + [True] * 2
    assert model.train()[2].training
