import pytest
import torch
from torch import nn

from trainwell import models
from trainwell.init import lsuv_


@pytest.mark.parametrize("act", [nn.ReLU, nn.Tanh, nn.Sigmoid, nn.GELU])
def test_unit_variance_in_each_of_thirty_layers(plain, digits, act):
    model, images = plain(act=act), digits[0]
    reached = lsuv_(model, images, tolerance=0.02)
    assert len(reached) == 30
    x = images
    for layer in model:
        x = layer(x)
        if isinstance(layer, nn.Linear):
            assert abs(x.var() - 1) < 0.02


@pytest.mark.parametrize("name", ["lenet", "cifar_resnet20", "airbench", "plain20"])
def test_real_networks(name, digits):
    torch.manual_seed(0)
    images = nn.functional.interpolate(digits[0][:64], size=32)
    model = models.create(name, num_classes=10, in_channels=1, image_size=32).model
    reached = lsuv_(model, images)
    assert len(reached) >= 5
    assert all(abs(v - 1) < 0.05 for v in reached)


def test_weights_keep_orthogonal_directions(plain, digits):
    model = plain(depth=3)
    lsuv_(model, digits[0])
    product = model[3].weight @ model[3].weight.T
    assert (product / product[0, 0] - torch.eye(64)).abs().max() < 1e-4


def test_messages(plain, digits):
    with pytest.raises(ValueError, match="`tolerance` must be positive"):
        lsuv_(plain(2), digits[0], tolerance=0)
    with pytest.raises(ValueError, match="`attempts` must be positive"):
        lsuv_(plain(2), digits[0], attempts=0)
