"""VGG networks against torchvision: names, shapes, and outputs with the same weights."""

import importlib

import pytest
import torch
from torch import nn

from trainwell import models

COUNTS = {  # torchvision's VGG16_Weights.meta and so on; table 2 of the paper: 138, 144 M
    ("vgg16", False): 138_357_544,
    ("vgg16", True): 138_365_992,
    ("vgg19", False): 143_667_240,
    ("vgg19", True): 143_678_248,
}


def theirs(name, norms):
    factory = f"{name}_bn" if norms else name
    return getattr(importlib.import_module("torchvision.models"), factory)


@pytest.mark.parametrize(("name", "norms"), COUNTS)
def test_names_shapes_and_counts(name, norms, torchvision_operators):
    with torch.device("meta"):
        ours = getattr(models, name)(batch_norm=norms)
        published = theirs(name, norms)(weights=None)
    assert models.num_parameters(ours) == COUNTS[name, norms]
    shapes = [(n, t.shape) for n, t in ours.state_dict().items()]
    assert shapes == [(n, t.shape) for n, t in published.state_dict().items()]


def test_same_weights_same_outputs(torchvision_operators):
    torch.manual_seed(0)
    published = theirs("vgg16", norms=True)(weights=None, num_classes=5)
    images = torch.randn(2, 3, 64, 64)
    published.features.train()(images)  # running statistics of its own
    ours = models.vgg16(5, batch_norm=True)
    ours.load_state_dict(published.state_dict())
    torch.testing.assert_close(ours.eval()(images), published.eval()(images))


def test_the_layout_of_table_1():
    with torch.device("meta"):
        model = models.vgg19()
    kinds = [type(m).__name__[0] for m in model.features]
    stage = "CRCRM"
    assert "".join(kinds) == 2 * stage + 3 * ("CR" * 4 + "M")
    at_224 = model.features(torch.zeros(1, 3, 224, 224, device="meta"))
    assert at_224.shape == (1, 512, 7, 7)


def test_how_weights_start():
    torch.manual_seed(0)
    model = models.vgg16(3, image_size=32)
    conv, linear = model.features[2], model.classifier[3]
    assert conv.weight.std().item() == pytest.approx((2 / (9 * 64)) ** 0.5, rel=0.02)
    assert linear.weight.std().item() == pytest.approx(0.01, rel=0.01)
    assert isinstance(linear, nn.Linear)
    assert not linear.bias.any()


@pytest.mark.parametrize("name", ["vgg16", "vgg19"])
def test_errors(name):
    with pytest.raises(ValueError, match=f"`image_size` must be 32 or more for {name}"):
        getattr(models, name)(image_size=31)
    with pytest.raises(ValueError, match=r"`dropout` must be in \[0, 1\], got -1"):
        getattr(models, name)(dropout=-1.0)
