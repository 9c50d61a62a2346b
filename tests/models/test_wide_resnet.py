"""Parameter counts of the paper; a block against its definition."""

import pytest
import torch
import torch.nn.functional as F

from trainwell.models import (
    num_parameters,
    wide_resnet16_4,
    wide_resnet28_2,
    wide_resnet28_10,
    wide_resnet40_2,
)
from trainwell.models._wide_resnet import WideResNet


@pytest.mark.parametrize(
    ("factory", "millions"),
    [
        (wide_resnet16_4, 2.7),
        (wide_resnet28_2, 1.5),
        (wide_resnet28_10, 36.5),
        (wide_resnet40_2, 2.2),
    ],
)
def test_parameters_as_in_the_paper(factory, millions):
    with torch.device("meta"):
        model = factory()
    assert round(num_parameters(model) / 1e6, 1) == millions


def test_blocks():
    torch.manual_seed(0)
    model = WideResNet(10, 2, 10, 3, 0.0).eval()
    block = model.blocks[1]
    x = torch.randn(2, 32, 6, 6)
    activated = F.relu(block.bn1(x))
    y = F.relu(block.bn2(F.conv2d(activated, block.conv1.weight, stride=2, padding=1)))
    y = F.conv2d(y, block.conv2.weight, padding=1)
    y = y + F.conv2d(activated, block.shortcut.weight, stride=2)
    torch.testing.assert_close(block(x), y)


def test_a_block_that_keeps_the_shape_adds_its_input():
    block = WideResNet(16, 1, 10, 3, 0.0).blocks[0].eval()
    torch.nn.init.zeros_(block.conv2.weight)
    x = torch.randn(2, 16, 6, 6)
    assert torch.equal(block(x), x)


def test_dropout_lies_between_the_convolutions():
    model = wide_resnet16_4(dropout=1.0).train()
    block = model.blocks[-1]
    x = torch.randn(2, 256, 4, 4)
    assert torch.equal(block(x), x)


@pytest.mark.parametrize(
    ("depth", "dropout", "message"),
    [(28, 1.5, "`dropout` must be in"), (27, 0.0, "`depth` must be 6n")],
)
def test_errors(depth, dropout, message):
    with pytest.raises(ValueError, match=message):
        WideResNet(depth, 2, 10, 3, dropout)
