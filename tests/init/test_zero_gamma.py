import pytest
import torch
from torch import nn

from trainwell import models
from trainwell.core.errors import ModelError
from trainwell.init import zero_gamma_


@pytest.mark.parametrize(
    ("name", "norm"),
    [("cifar_resnet20", "bn2"), ("resnet50", "bn3"), ("wide_resnet16_4", "bn2")],
)
def test_the_last_norm_of_each_branch(name, norm):
    model = models.create(name, num_classes=10).model
    names = zero_gamma_(model)
    assert all(n.endswith(norm) for n in names)
    zeros = {n for n, p in model.named_parameters() if "bn" in n and not p.any()}
    assert {f"{n}.weight" for n in names} <= zeros
    others = [
        m.weight
        for n, m in model.named_modules()
        if isinstance(m, nn.BatchNorm2d) and n not in names
    ]
    assert all((w == 1).all() for w in others)


def test_every_block_begins_as_its_shortcut():
    model = models.create("cifar_resnet20", num_classes=10).model.eval()
    zero_gamma_(model)
    block = model.blocks[1]
    x = torch.rand(2, 16, 8, 8)  # not negative: the last ReLU leaves it
    assert torch.equal(block(x), x)


def test_messages():
    with pytest.raises(ModelError, match="no residual branch"):
        zero_gamma_(nn.Sequential(nn.Linear(2, 2)))
