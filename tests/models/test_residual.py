"""Blocks that an edit can put noise into."""

import pytest
import torch
from torch import nn

from trainwell import models
from trainwell.models._residual import ResidualBlock, residual_blocks


class Doubling(ResidualBlock):
    def forward(self, x):
        branch = self.branch_noise(2 * x)
        return x + branch if self.residual else branch


def test_the_slot_is_the_identity_at_first():
    x = torch.randn(2, 3)
    assert torch.equal(Doubling()(x), x + 2 * x)
    assert isinstance(Doubling().branch_noise, nn.Identity)
    assert not Doubling().state_dict()


def test_only_blocks_with_a_shortcut_in_their_order():
    first, plain, last = Doubling(), Doubling(residual=False), Doubling()
    model = nn.Sequential(first, nn.Sequential(plain, last), nn.ReLU())
    assert residual_blocks(model) == [first, last]


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("cifar_resnet20", 9),
        ("plain20", 0),
        ("wide_resnet16_4", 6),
        ("wide_resnet28_10", 12),
        ("shake_shake26", 12),
        ("pyramidnet110", 54),
        ("resnet18", 8),
        ("resnet50", 16),
        ("mobilenet_v2", 10),  # 17 blocks, of which 10 keep the shape
        ("vgg16", 0),
    ],
)
def test_ours(name, count):
    with torch.device("meta"):
        model = models.create(name, num_classes=10).model
    assert len(residual_blocks(model)) == count


@pytest.mark.parametrize(
    "name", ["cifar_resnet20", "wide_resnet16_4", "shake_shake26", "resnet18"]
)
def test_every_branch_passes_through_its_slot(name):
    """With all branches silenced a network sees its shortcuts alone."""
    torch.manual_seed(0)
    model = models.create(name, num_classes=10, image_size=32).model.eval()
    seen = []
    for block in residual_blocks(model):
        block.branch_noise.register_forward_hook(
            lambda *call: torch.zeros_like(call[2])
        )
        block.register_forward_hook(
            lambda _, inputs, output: seen.append((inputs[0].clone(), output.clone()))
        )
    x = torch.rand(2, 3, 32, 32)
    model(x)
    kept = [(i, o) for i, o in seen if i.shape == o.shape]
    assert len(kept) >= 3
    for inputs, output in kept:
        assert torch.equal(output, inputs) or torch.equal(output, inputs.relu())
    assert len(seen) == len(residual_blocks(model))
