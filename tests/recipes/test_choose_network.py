"""The width of a network follows the time that it has."""

import pytest

from trainwell.recipes import read_recipe
from trainwell.recipes._choose_network import network

CIFAR = {"num_train": 45_000, "median_height": 32, "median_width": 32}
WIDE = {"name": "airbench", "arguments": {"widths": [64, 256, 256]}}
NARROW = {"name": "airbench", "arguments": {}}


@pytest.mark.parametrize(
    ("asked", "changed", "expected"),
    [
        ([], CIFAR, WIDE),
        (["train.time=240s"], CIFAR, NARROW),
        (["train.time=20m"], CIFAR, WIDE),
        (["train.time=15m", "train.threads=1"], CIFAR, NARROW),
        (["train.time=240s"], {**CIFAR, "accelerator": True}, WIDE),
        ([], {**CIFAR, "num_train": 5_000}, NARROW),
    ],
)
def test_widths(asked, changed, expected, photographs):
    recipe = read_recipe(None, ["data.image_size=32", *asked])
    assert network(recipe, photographs(**changed)) == expected


def test_photographs_from_random_weights(photographs):
    recipe = read_recipe(None, ["data.image_size=128"])
    assert network(recipe, photographs(num_train=30_000))["name"] == "resnet18"
