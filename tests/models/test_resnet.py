"""ResNets against torchvision: names, shapes, and outputs with the same weights."""

import importlib

import pytest
import torch

from trainwell import models

COUNTS = {
    "resnet18": 11_689_512,
    "resnet34": 21_797_672,
    "resnet50": 25_557_032,
    "resnet101": 44_549_160,
    "resnet152": 60_192_808,
}


@pytest.fixture
def torchvision_models(torchvision_operators):
    return importlib.import_module("torchvision.models")


@pytest.mark.parametrize("name", COUNTS)
def test_names_shapes_and_counts(name, torchvision_models):
    with torch.device("meta"):
        ours = getattr(models, name)()
        theirs = getattr(torchvision_models, name)(weights=None)
    assert models.num_parameters(ours) == COUNTS[name]
    shapes = [(n, t.shape) for n, t in ours.state_dict().items()]
    assert shapes == [(n, t.shape) for n, t in theirs.state_dict().items()]


@pytest.mark.parametrize("name", ["resnet18", "resnet50"])
def test_same_weights_same_outputs(name, torchvision_models):
    torch.manual_seed(0)
    theirs = getattr(torchvision_models, name)(weights=None)
    images = torch.randn(2, 3, 96, 96)
    theirs.train()(images)  # running statistics of its own
    ours = getattr(models, name)()
    ours.load_state_dict(theirs.state_dict())
    for mode in (False, True):
        expected = theirs.train(mode)(images)
        torch.testing.assert_close(ours.train(mode)(images), expected)


def test_resnet200_goes_on_in_the_same_way():
    with torch.device("meta"):
        model = models.resnet200()
    stages = [model.layer1, model.layer2, model.layer3, model.layer4]
    assert [len(stage) for stage in stages] == [3, 24, 36, 3]  # He et al. 2016b, app. B
    assert models.num_parameters(model) == 64_673_832  # 64.7 M, as timm's resnet200


def test_small_stem_keeps_the_resolution():
    model = models.resnet18(10, small_stem=True).eval()
    stem = model.maxpool(model.bn1(model.conv1(torch.zeros(1, 3, 32, 32))))
    assert stem.shape == (1, 64, 32, 32)
    assert model(torch.zeros(1, 3, 32, 32)).shape == (1, 10)
