"""Where noise goes, and what it does there."""

import pytest
import torch
from torch import nn

from trainwell.core.errors import ModelError
from trainwell.layers.stochastic import (
    DropConnectLinear,
    FractionalMaxPool2d,
    ShakeDrop,
    StochasticDepth,
)
from trainwell.models import Modification, create
from trainwell.models._residual import residual_blocks


def make(name, noise, given=None, **options):
    torch.manual_seed(0)
    edits = [Modification("noise", noise, given or {})] if noise else []
    created = create(name, num_classes=5, edits=edits, **{"image_size": 12, **options})
    return created.model, created.messages


def of(kind, model):
    return {n: m for n, m in model.named_modules() if isinstance(m, kind)}


HIDDEN = {"arguments": {"hidden": [7, 6]}}
X = torch.randn(4, 3, 12, 12, generator=torch.Generator().manual_seed(1))


def test_dropout_before_every_linear_map_but_the_one_that_reads_the_image():
    model, messages = make("mlp", "dropout", {"p": 0.25}, **HIDDEN)
    assert list(of(nn.Dropout, model)) == ["3.0", "5.0"]
    assert {m.p for m in of(nn.Dropout, model).values()} == {0.25}
    assert messages == ("dropout before linear maps of features: 3, 5.",)
    first = model[:3].train()
    assert torch.equal(first(X), first(X))


def test_dropout_before_all_linear_maps_behind_convolutions():
    model, _ = make("lenet", "dropout")
    assert list(of(nn.Dropout, model)) == ["7.0", "9.0", "11.0"]


def test_dropout_before_the_only_linear_map():
    model, _ = make("softmax", "dropout", {"p": 1.0})
    nn.init.ones_(model[1][1].weight)
    bias = model[1][1].bias
    assert torch.equal(model.train()(X), bias.expand(4, 5))
    assert not torch.equal(model.eval()(X), bias.expand(4, 5))


def test_channel_dropout_behind_activations_of_maps_alone():
    model, messages = make("lenet", "channel_dropout", {"p": 0.5})
    assert list(of(nn.Dropout2d, model)) == ["1.1", "4.1"]
    assert messages == ("channel_dropout after activations of maps: 1, 4.",)
    maps = model[:2].train()(X)
    empty = (maps == 0).all((2, 3))
    assert empty.any()
    assert not empty.all()


def test_drop_connect_by_the_mean_is_the_plain_network():
    plain, _ = make("mlp", None, **HIDDEN)
    model, messages = make("mlp", "drop_connect", **HIDDEN)
    assert list(of(DropConnectLinear, model)) == ["1", "3"]
    assert messages == ("drop_connect in linear maps: 1, 3.",)
    torch.testing.assert_close(model.eval()(X), plain.eval()(X))
    assert not torch.allclose(model.train()(X), plain(X))


def test_drop_connect_by_moments_takes_the_activation_in():
    plain, _ = make("mlp", None, **HIDDEN)
    given = {"p": 0.4, "test": "gaussian", "samples": 2000}
    model, _ = make("mlp", "drop_connect", given, **HIDDEN)
    assert [type(m).__name__ for m in model] == [
        "Flatten",
        *["DropConnectLinear", "Identity"] * 2,
        "Linear",
    ]
    x = X.flatten(1).double()
    weight, bias = (t.detach().double() for t in (plain[1].weight, plain[1].bias))
    mean = x @ weight.T + bias
    var = 0.4 / 0.6 * (x.square() @ weight.square().T + bias.square())
    z = mean / var.sqrt()
    normal = torch.distributions.Normal(0, 1)
    expected = mean * normal.cdf(z) + var.sqrt() * normal.log_prob(z).exp()
    found = model.eval()[:3](X).double()
    torch.testing.assert_close(found, expected, atol=2e-3, rtol=2e-3)  # 2000 quantiles
    assert not torch.allclose(found, mean.relu(), atol=0.05)


def test_drop_connect_in_the_only_linear_map():
    model, messages = make("softmax", "drop_connect", {"p": 0.25})
    assert messages == ("drop_connect in linear maps: 1.",)
    assert model[1].p == 0.25


def test_fractional_pooling_in_place_of_every_max_pooling():
    model, messages = make("airbench", "fractional_max_pool", image_size=32)
    assert len(of(FractionalMaxPool2d, model)) == 3
    assert not of(nn.MaxPool2d, model)
    assert messages[0].startswith("fractional_max_pool in place of max pooling: ")


@pytest.mark.parametrize(
    ("noise", "kind"),
    [("stochastic_depth", StochasticDepth), ("shake_drop", ShakeDrop)],
)
def test_survival_falls_linearly_to_the_last_block(noise, kind):
    model, messages = make("cifar_resnet20", noise, {"p": 0.45})
    slots = [block.branch_noise for block in residual_blocks(model)]
    assert all(type(slot) is kind for slot in slots)
    assert [slot.p for slot in slots] == pytest.approx([0.05 * i for i in range(1, 10)])
    assert messages[0].endswith(
        "blocks: " + ", ".join(f"blocks.{i}" for i in range(9)) + "."
    )


def test_without_a_rate_the_last_block_has_that_of_the_technique():
    model, _ = make("cifar_resnet20", "stochastic_depth")
    assert residual_blocks(model)[-1].branch_noise.p == 0.5


def test_a_dropped_branch_leaves_the_shortcut():
    model, _ = make("cifar_resnet20", "stochastic_depth", {"p": 1.0})
    block = residual_blocks(model)[-1].train()
    x = torch.rand(2, 64, 3, 3)
    assert torch.equal(block(x), x)


@pytest.mark.parametrize(
    ("name", "noise", "where"),
    [
        ("k_nearest", "dropout", "before linear maps of features"),
        ("mlp", "channel_dropout", "after activations of maps"),
        ("k_nearest", "drop_connect", "in linear maps"),
        ("mlp", "fractional_max_pool", "in place of max pooling"),
        ("plain20", "shake_drop", "in the branches of residual blocks"),
    ],
)
def test_where_there_is_no_place(name, noise, where):
    with pytest.raises(ModelError, match=f"`{noise}` finds no place in .* {where}"):
        make(name, noise)
