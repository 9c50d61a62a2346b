"""Parts given as objects take the place of the recipe's, or are refused."""

from pathlib import Path

import pytest
import torch
from torch import nn

from trainwell.augment.policies import Compose, Cutout, Plain, RandAugment
from trainwell.core.errors import ArgumentError, RecipeError
from trainwell.recipes import read_recipe
from trainwell.runs.setup._own_parts import OwnParts, own_parts


def test_a_mean_becomes_one_value_per_sample():
    own = OwnParts(loss=nn.CrossEntropyLoss())
    outputs, targets = torch.randn(6, 3), torch.arange(6) % 3
    values = own.loss_fn(lambda *_: None)(outputs, targets)
    assert values.shape == (6,)
    torch.testing.assert_close(values.mean(), own.loss(outputs, targets))
    each = OwnParts(loss=nn.CrossEntropyLoss(reduction="none"))
    assert len(set(each.loss_fn(None)(outputs, targets).tolist())) == 6


def test_a_policy_comes_last():
    own = OwnParts(augment=RandAugment())
    crop = Plain(fit="pad")
    assert own.policy(crop) == Compose(crop, (RandAugment(),))
    both = own.policy(Compose(crop, (Cutout(side=0.5),)))
    assert both.transforms == (Cutout(side=0.5), RandAugment())


def test_the_network_is_named_by_its_class():
    recipe = OwnParts(model=nn.Flatten()).requested(read_recipe(None))
    assert recipe.model.name == "torch.nn.modules.flatten:Flatten"


@pytest.mark.parametrize(
    ("part", "key"),
    [
        ({"model": nn.Flatten()}, "norm=group_norm"),
        ({"loss": nn.CrossEntropyLoss()}, "loss.label_smoothing=0.1"),
        ({"augment": RandAugment()}, "augment=trivialaugment"),
    ],
)
def test_what_is_given_twice_is_refused(part, key):
    with pytest.raises(RecipeError, match="is given as an object"):
        OwnParts(**part).requested(read_recipe(None, [key]))


@pytest.mark.parametrize("value", [0.5, torch.ones(2), torch.ones(6, 3)])
def test_a_loss_that_returns_something_else_is_refused(value):
    own = OwnParts(loss=lambda outputs, targets: value)
    with pytest.raises(
        ArgumentError, match="`loss` must return a tensor: the mean, or"
    ):
        own.loss_fn(None)(torch.randn(6, 3), torch.arange(6) % 3)


def test_parts_are_objects_or_names():
    loss, net = nn.CrossEntropyLoss(), nn.Flatten()
    own, names = own_parts("lenet", loss, Path("policy.yaml"))
    assert own == OwnParts(loss=loss)
    assert names == {"model.name": "lenet", "augment.name": "policy.yaml"}
    assert own_parts(net)[0].model is net
