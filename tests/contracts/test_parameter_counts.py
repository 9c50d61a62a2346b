"""Parameters of every model of ours, against what its paper or torchvision states."""

import pytest
import torch

from trainwell import models

TORCHVISION = {  # the field num_params of its weights' metadata
    "alexnet": 61_100_840,
    "vgg16": 138_357_544,
    "vgg19": 143_667_240,
    "resnet18": 11_689_512,
    "resnet34": 21_797_672,
    "resnet50": 25_557_032,
    "resnet101": 44_549_160,
    "resnet152": 60_192_808,
    "efficientnet_lite0": 4_652_008,  # of the packages' own networks
    "efficientnet_lite1": 5_416_680,
    "efficientnet_lite2": 6_092_072,
    "mobilenet_v2": 3_504_872,
}
CIFAR = {  # millions for 10 classes, in the digits of the papers
    "cifar_resnet20": "0.27",  # He et al., 2016, table 6
    "cifar_resnet32": "0.46",
    "cifar_resnet44": "0.66",
    "cifar_resnet56": "0.85",
    "cifar_resnet110": "1.7",
    "plain20": "0.27",  # the same layers: shortcuts have no parameters
    "plain32": "0.46",
    "plain44": "0.66",
    "plain56": "0.85",
    "plain110": "1.7",
    "wide_resnet16_4": "2.7",  # Zagoruyko & Komodakis, 2016, table 4 and 5
    "wide_resnet28_2": "1.5",
    "wide_resnet28_10": "36.5",
    "wide_resnet40_2": "2.2",
    "shake_shake26": "2.9",  # Gastaldi, 2017, table 1
    "pyramidnet110": "1.7",  # Han et al., 2017, table 4
    "pyramidnet272": "26.0",
}
MILLIONS = {"resnet200": "64.7"}  # timm's resnet200
FORMULAS = {  # no paper fixes these: from the numbers of inputs and outputs
    "softmax": 3 * 28**2 * 10 + 10,
    "two_layer": 3 * 28**2 * 512 + 512 + 512 * 10 + 10,
    "mlp": 3 * 28**2 * 512 + 512 + 512 * 512 + 512 + 512 * 10 + 10,
    "k_nearest": 1,
    "hog_linear": (3 * 3 * 36 + 3 * 8) * 10 + 10,
    "hog_mlp": (3 * 3 * 36 + 3 * 8) * 500 + 500 + 500 * 10 + 10,
    "lenet": 61_706 + 2 * 6 * 25,  # LeCun et al. read one channel, not three
    "airbench": 24 * 12
    + 24
    + 9 * (24 * 32 + 32**2 + 32 * 128 + 3 * 128**2)
    + 2 * 2 * (32 + 128 + 128)
    + 128 * 10,
}


def count(name, num_classes):
    with torch.device("meta"):
        return models.num_parameters(models.create(name, num_classes=num_classes).model)


def test_every_model_is_here():
    every = {**TORCHVISION, **CIFAR, **MILLIONS, **FORMULAS}
    assert set(every) == set(models.names())


@pytest.mark.parametrize("name", TORCHVISION)
def test_as_torchvision(name):
    assert count(name, 1000) == TORCHVISION[name]


@pytest.mark.parametrize(
    ("name", "classes", "millions"),
    [(n, 10, m) for n, m in CIFAR.items()]
    + [(n, 1000, m) for n, m in MILLIONS.items()],
)
def test_as_the_paper_to_its_digits(name, classes, millions):
    digits = len(millions.partition(".")[2])
    assert f"{count(name, classes) / 1e6:.{digits}f}" == millions


@pytest.mark.parametrize("name", FORMULAS)
def test_by_formula(name):
    assert count(name, 10) == FORMULAS[name]
