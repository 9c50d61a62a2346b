"""Blocks are found in the order in which images pass them."""

import pytest
import torch
from torch import nn

from trainwell import models
from trainwell.transfer import blocks


def test_containers_are_opened_norms_belong_to_what_is_before_them(net, images):
    found = blocks(net, images)
    assert [b.name for b in found] == ["0.body.0", "0.body.3", "0.head"]
    kinds = [[type(m).__name__ for m in b.modules] for b in found]
    assert kinds == [["Conv2d", "BatchNorm2d"], ["Conv2d", "BatchNorm2d"], ["Linear"]]
    assert [p.shape for p in found[2].parameters()] == [(3, 6), (3,)]


def test_the_network_stays_as_it_is(net, images):
    before = {k: v.clone() for k, v in net.state_dict().items()}
    net.train()
    blocks(net, images)
    assert all(torch.equal(v, before[k]) for k, v in net.state_dict().items())
    assert all(m.training and not m._forward_hooks for m in net.modules())


@pytest.mark.parametrize(
    ("name", "size", "last"),
    [
        ("mobilenet_v2", 64, "classifier.1"),
        ("resnet18", 64, "fc"),
        ("wide_resnet16_4", 32, ""),
    ],
)
def test_real_networks(name, size, last):
    net = models.create(name, num_classes=5, image_size=size).model
    found = blocks(net, torch.randn(2, 3, size, size))
    assert len(found) >= 6
    assert found[-1].name.endswith(last)
    owned = {id(p) for b in found for p in b.parameters()}
    assert owned == {id(p) for p in net.parameters()}


def test_one_part_is_refused():
    with pytest.raises(ValueError, match="two modules"):
        blocks(nn.Linear(3, 2), torch.randn(2, 3))
