"""Folding BatchNorm leaves the outputs of whole networks as they are."""

import jaxtyping
import pytest
import torch
from torch import nn

from trainwell import models
from trainwell.layers.norm import fold_batch_norm


@pytest.fixture(autouse=True)
def _no_type_hook(monkeypatch):
    """The hook checks arguments, and a traced argument is not a tensor."""
    monkeypatch.setattr(jaxtyping.config, "jaxtyping_disable", True)


def count(model, kind):
    return sum(isinstance(module, kind) for module in model.modules())


def check(model, images, left):
    with torch.no_grad():
        for module in model.modules():
            if isinstance(module, nn.modules.batchnorm._BatchNorm):
                module.weight.uniform_(0.5, 1.5)
                module.bias.normal_(0, 0.2)
        for _ in range(20):  # statistics far from 0 and 1 that fit the weights
            model.train()(images + 0.3)
        expected = model.eval()(images)
        folded = fold_batch_norm(model)
        assert count(folded, nn.modules.batchnorm._BatchNorm) == left
        error = (folded(images) - expected).abs().max() / expected.abs().max()
    assert error < 1e-5


@pytest.mark.parametrize(
    ("name", "size", "left"),
    [
        ("resnet18", 64, 0),
        ("resnet50", 64, 0),
        ("mobilenet_v2", 64, 0),
        ("cifar_resnet20", 32, 0),
        ("plain20", 32, 0),
        ("wide_resnet16_4", 32, 6),  # norms that follow a sum
        ("wide_resnet40_2", 32, 18),
    ],
)
def test_outputs_are_kept(name, size, left):
    torch.manual_seed(0)
    model = models.create(name, num_classes=10, image_size=size).model
    images = torch.randn(4, 3, size, size)
    check(model, images, left)


class Users(nn.Module):
    """Every kind of pair, in an order that is not that of definition."""

    def __init__(self):
        super().__init__()
        self.after = nn.BatchNorm1d(6)
        self.before = nn.BatchNorm2d(3)
        self.middle = nn.BatchNorm2d(8, affine=True)
        self.wide = nn.BatchNorm2d(4)
        self.valid = nn.Conv2d(3, 8, 3, bias=False)
        self.depthwise = nn.Conv2d(8, 8, 3, padding=1, groups=8)
        self.up = nn.ConvTranspose2d(8, 4, 2, stride=2, groups=2)
        self.linear, self.head = nn.Linear(4, 6), nn.Linear(6, 2)

    def forward(self, x):
        x = self.depthwise(self.valid(self.before(x)))
        x = self.wide(self.up(self.middle(x).relu())).relu()
        return self.head(self.after(self.linear(x.mean((2, 3)))).tanh())


def test_a_users_module():
    torch.manual_seed(0)
    check(Users(), torch.randn(4, 3, 12, 12), 0)
