"""Parameter counts of the paper; blocks against their definition."""

import pytest
import torch
import torch.nn.functional as F

from trainwell import models
from trainwell.models import num_parameters
from trainwell.models._cifar_resnet import CifarResNet


@pytest.mark.parametrize(
    ("depth", "millions"), [(20, 0.27), (32, 0.46), (44, 0.66), (56, 0.85), (110, 1.7)]
)
def test_parameters_as_in_table_6_of_the_paper(depth, millions):
    residual = num_parameters(getattr(models, f"cifar_resnet{depth}")())
    assert residual / 1e6 == pytest.approx(millions, rel=0.02)
    assert num_parameters(getattr(models, f"plain{depth}")()) == residual


def test_the_exact_count():
    assert num_parameters(models.cifar_resnet20()) == 269_722


def first_of_second_stage(model):
    return next(b for b in model.blocks if b.conv1.out_channels == 32)


@pytest.mark.parametrize("residual", [True, False])
def test_a_block_that_changes_the_shape(residual):
    torch.manual_seed(0)
    model = CifarResNet(8, 10, 3, residual=residual).eval()
    block = first_of_second_stage(model)
    x = torch.randn(2, 16, 6, 6)
    y = F.relu(block.bn1(F.conv2d(x, block.conv1.weight, stride=2, padding=1)))
    y = block.bn2(F.conv2d(y, block.conv2.weight, padding=1))
    if residual:
        y[:, :16] += x[:, :, ::2, ::2]
    torch.testing.assert_close(block(x), F.relu(y))


def test_a_block_that_keeps_the_shape_adds_its_input():
    block = CifarResNet(8, 10, 3, residual=True).blocks[0].eval()
    torch.nn.init.zeros_(block.conv2.weight)
    x = torch.randn(2, 16, 6, 6)
    torch.testing.assert_close(block(x), F.relu(x))


def test_the_image_is_halved_twice():
    model = models.cifar_resnet20().eval()
    assert model.blocks(torch.zeros(1, 16, 32, 32)).shape == (1, 64, 8, 8)


@pytest.mark.parametrize("depth", [2, 21])
def test_depth_must_fit(depth):
    with pytest.raises(ValueError, match=r"`depth` must be 6n \+ 2, got"):
        CifarResNet(depth, 10, 3, residual=True)
