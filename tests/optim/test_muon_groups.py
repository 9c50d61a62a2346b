"""Which parameter goes to which optimizer, at which rate."""

import pytest
import torch
from torch import nn

from trainwell.core.errors import ModelError
from trainwell.optim import Muon
from trainwell.optim._muon import MuonMatrices


def model():
    return nn.Sequential(
        nn.Conv2d(3, 4, 3),
        nn.BatchNorm2d(4),
        nn.Flatten(),
        nn.Linear(16, 8),
        nn.Linear(8, 2),
    )


def test_filters_biases_and_head():
    net = model()
    combined = Muon(net, 0.1, head_scale=3.0, bias_scale=0.5, weight_decay=0.01)
    filters, heads, biases = combined.param_groups
    assert isinstance(combined.optimizers[0], MuonMatrices)
    assert [id(p) for p in filters["params"]] == [id(net[0].weight), id(net[3].weight)]
    assert {id(p) for p in heads["params"]} == {id(p) for p in net[4].parameters()}
    assert {id(p) for p in biases["params"]} == {
        id(p) for p in (net[0].bias, net[1].weight, net[1].bias, net[3].bias)
    }
    assert (filters["lr"], heads["lr"], biases["lr"]) == pytest.approx((0.1, 0.3, 0.05))
    # per step, rate times decay is the share removed
    assert heads["lr"] * heads["weight_decay"] == pytest.approx(0.01)
    assert biases["weight_decay"] == 0


def test_adamw_for_the_rest_at_rates_of_its_own():
    combined = Muon(model(), rest="adamw", weight_decay=0.01)
    assert isinstance(combined.optimizers[1], torch.optim.AdamW)
    _, heads, biases = combined.param_groups
    assert heads["lr"] == pytest.approx(0.24 * 2.8 / 200)
    assert biases["lr"] == pytest.approx(0.24 * 0.22 / 200)
    assert heads["lr"] * heads["weight_decay"] == pytest.approx(0.01)


def test_every_trainable_parameter_once_and_no_frozen_one():
    net = model()
    net[0].requires_grad_(False)
    params = [id(p) for g in Muon(net).param_groups for p in g["params"]]
    assert sorted(params) == sorted(id(p) for p in net.parameters() if p.requires_grad)


@pytest.mark.parametrize(
    ("net", "message"),
    [
        (nn.Conv2d(1, 1, 3), "needs a linear last layer"),
        (nn.Linear(2, 2), "found no filters"),
    ],
)
def test_models_it_cannot_serve(net, message):
    with pytest.raises(ModelError, match=message):
        Muon(net)


def test_it_steps_both():
    net = model()
    net[0].bias = None  # before a norm its gradient is zero
    before = [p.detach().clone() for p in net.parameters()]
    optimizer = Muon(net)
    net(torch.randn(5, 3, 4, 4)).square().mean().backward()
    optimizer.step()
    moved = [
        not torch.equal(a, b) for a, b in zip(before, net.parameters(), strict=True)
    ]
    assert all(moved)
