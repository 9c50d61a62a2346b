"""MobileNetV2 with published weights, against torchvision's."""

import importlib

import pytest
import torch

from trainwell.models import mobilenet_v2, num_parameters


def test_published_weights_load_and_agree(shared_data, torchvision_operators):
    path = shared_data / "weights" / "mobilenet_v2-b0353104.pth"
    weights = torch.load(path, weights_only=True)
    theirs = importlib.import_module("torchvision.models").mobilenet_v2(weights=None)
    ours = mobilenet_v2()
    assert list(ours.state_dict()) == list(theirs.state_dict())
    ours.load_state_dict(weights)
    theirs.load_state_dict(weights)
    images = torch.randn(2, 3, 96, 96, generator=torch.Generator().manual_seed(0))
    torch.testing.assert_close(ours.eval()(images), theirs.eval()(images))


def test_count():
    assert num_parameters(mobilenet_v2()) == 3_504_872


@pytest.mark.parametrize("width", [0.35, 0.75, 1.4])
def test_widths_agree_with_torchvision(width, torchvision_operators):
    factory = importlib.import_module("torchvision.models").mobilenet_v2
    with torch.device("meta"):
        theirs = factory(weights=None, width_mult=width).state_dict()
        ours = mobilenet_v2(width=width).state_dict()
    assert {n: t.shape for n, t in ours.items()} == {
        n: t.shape for n, t in theirs.items()
    }


@pytest.mark.parametrize("argument", ["width", "dropout"])
def test_errors(argument):
    with pytest.raises(ValueError, match=f"`{argument}` must be"):
        mobilenet_v2(**{argument: -1.0})
