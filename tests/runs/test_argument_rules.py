"""What the public functions take, by the name of the argument."""

import pytest
import torch
from torch import nn

from trainwell.augment import ops
from trainwell.augment.policies import Cutout, Plain, RandAugment
from trainwell.core.errors import ArgumentError
from trainwell.losses import FocalLoss, focal_loss
from trainwell.recipes import Recipe
from trainwell.runs import Console, Quiet, evaluate
from trainwell.runs._argument_rules import RULES
from trainwell.training import Hook


class Mine(Hook):
    """A hook that does nothing."""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("augment", "randaugment"),
        ("augment", RandAugment()),
        ("augment", Cutout(side=0.5)),
        ("augment", lambda context: ops.brightness(0.5)),
        ("budget", "5m"),
        ("hooks", [Mine()]),
        ("hooks", ()),
        ("loss", focal_loss),
        ("loss", FocalLoss()),
        ("loss", nn.CrossEntropyLoss()),
        ("loss", torch.nn.functional.cross_entropy),
        ("loss", lambda outputs, targets: outputs.mean()),
        ("model", nn.Flatten()),
        ("model", "lenet"),
        ("over", "optimizer.lr"),
        ("over", ["optimizer.lr"]),
        ("recipe", Recipe()),
        ("reporter", Quiet()),
        ("reporter", Console()),
    ],
)
def test_what_is_meant_is_accepted(name, value):
    assert RULES[name].accepts(value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("augment", lambda image: image),
        ("augment", 3),
        ("augment", RandAugment),
        ("augment", Plain()),
        ("budget", 5),
        ("hooks", [Mine]),
        ("hooks", Mine()),
        ("hooks", [print]),
        ("hooks", print),
        ("hooks", "mine"),
        ("hooks", (hook for hook in [Mine()])),
        ("runs", (run for run in ["a", "b"])),
        ("loss", 5),
        ("loss", lambda outputs: outputs.mean()),
        ("loss", nn.CrossEntropyLoss),
        ("loss", nn.ReLU()),
        ("model", print),
        ("model", nn.Flatten),
        ("over", [1]),
        ("recipe", 3),
        ("reporter", Quiet),
        ("reporter", print),
    ],
)
def test_what_is_no_such_thing_is_refused(name, value):
    assert not RULES[name].accepts(value)


def test_rules_say_what_is_expected():
    assert RULES["hooks"].refusal("hooks", [Mine]).endswith("and give [Mine()].")
    assert all(rule.expected for rule in RULES.values())


@pytest.mark.parametrize("value", ["ignore", "", 3])
def test_what_is_done_with_bad_images_is_checked_before_anything_is_read(value):
    with pytest.raises(ArgumentError, match="`bad_images` must be `stop` or `skip`"):
        evaluate("no such run", "no such data", bad_images=value)
