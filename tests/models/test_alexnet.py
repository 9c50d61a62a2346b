"""AlexNet against torchvision: names, shapes, and outputs with the same weights."""

import importlib

import pytest
import torch

from trainwell.models import alexnet, num_parameters


@pytest.fixture
def theirs(torchvision_operators):
    return importlib.import_module("torchvision.models").alexnet


def test_names_shapes_and_count(theirs):
    with torch.device("meta"):
        ours, published = alexnet(), theirs(weights=None)
    assert num_parameters(ours) == 61_100_840  # torchvision's AlexNet_Weights.meta
    shapes = [(n, t.shape) for n, t in ours.state_dict().items()]
    assert shapes == [(n, t.shape) for n, t in published.state_dict().items()]


@pytest.mark.parametrize("size", [63, 224])
def test_same_weights_same_outputs(theirs, size):
    torch.manual_seed(0)
    published = theirs(weights=None, num_classes=5).eval()
    ours = alexnet(5, image_size=size).eval()
    ours.load_state_dict(published.state_dict())
    images = torch.randn(2, 3, size, size)
    torch.testing.assert_close(ours(images), published(images))


@pytest.mark.parametrize("size", [15, 28, 32, 62])
def test_small_images_keep_the_resolution_at_first(size):
    with torch.device("meta"):
        model = alexnet(4, in_channels=1, image_size=size)
        x = torch.zeros(2, 1, size, size)
        assert model.features[0](x).shape == (2, 64, size, size)
        assert model(x).shape == (2, 4)


def test_the_signal_neither_dies_nor_explodes():
    torch.manual_seed(0)
    model = alexnet(10, image_size=64).eval()
    assert 0.1 < model(torch.randn(4, 3, 64, 64)).std() < 10


def test_errors():
    with pytest.raises(ValueError, match="`image_size` must be 15 or more for alexnet"):
        alexnet(image_size=14)
    with pytest.raises(ValueError, match=r"`dropout` must be in \[0, 1\], got 2"):
        alexnet(dropout=2.0)
