"""Options that a component has no use for are errors; components get what is set."""

from itertools import product

import numpy as np
import pytest
import torch

from trainwell import losses
from trainwell.augment.policies import PadCrop, Plain, RandomResizedCrop
from trainwell.core.errors import RecipeError
from trainwell.models import lenet
from trainwell.recipes import (
    choose,
    make_loss,
    make_optimizer,
    make_policy,
    make_schedule,
    read_recipe,
    refuse_unused,
)
from trainwell.tasks import Classification

TASK = Classification(("a", "b", "c"))
EXAMPLES = {
    "optimizer": {
        "lr": "0.1",
        "momentum": "0.5",
        "weight_decay": "0",
        "head_scale": "2",
        "bias_scale": "2",
    },
    "schedule": {
        "warmup": "0",
        "final": "0",
        "factor": "0.5",
        "boundaries": "[0.5]",
    },
    "augment": {"flip": "false", "border": "mean", "pixels": "0", "min_area": "0.5"},
}
USED = {
    "optimizer.name=sgd": "lr weight_decay",
    "optimizer.name=momentum": "lr momentum weight_decay",
    "optimizer.name=nesterov": "lr momentum weight_decay",
    "optimizer.name=adamw": "lr weight_decay",
    "optimizer.name=muon": "lr momentum weight_decay head_scale bias_scale",
    "schedule.name=constant": "warmup",
    "schedule.name=step": "warmup factor boundaries",
    "schedule.name=cosine": "warmup final",
    "schedule.name=linear": "warmup final",
    "augment.crop=none": "flip border",
    "augment.crop=pad_crop": "flip border pixels",
    "augment.crop=resized_crop": "flip border min_area",
}
PAIRS = [
    (choice, field)
    for choice, fields in ((c, EXAMPLES[c.partition(".")[0]]) for c in USED)
    for field in fields
]


@pytest.mark.parametrize(("choice", "field"), PAIRS)
def test_every_option_with_every_component(choice, field):
    section = choice.partition(".")[0]
    asked = [choice, f"{section}.{field}={EXAMPLES[section][field]}"]
    if field in USED[choice].split():
        refuse_unused(read_recipe(None, asked))
        return
    with pytest.raises(RecipeError) as caught:
        refuse_unused(read_recipe(None, asked))
    assert str(caught.value).startswith(f"`{section}.{field}` is not used by {choice}")


def test_an_option_without_its_component_is_left_for_later():
    asked = read_recipe(None, ["optimizer.momentum=0.5"])
    refuse_unused(asked, resolved=False)
    with pytest.raises(
        RecipeError, match="`optimizer.momentum` needs `optimizer.name`"
    ):
        refuse_unused(asked)


def test_two_lengths():
    with pytest.raises(RecipeError, match="`train.time` or `train.epochs`, not both"):
        refuse_unused(read_recipe(None, ["train.time=3s", "train.epochs=3"]))


def resolved(facts, *overrides):
    return choose(read_recipe(None, overrides), facts())[0]


def test_the_loss_has_its_options(facts):
    outputs, targets = torch.randn(6, 3), torch.tensor([0, 1, 2, 0, 0, 1])
    counts = torch.tensor([30, 10, 5])
    labels = np.arange(3).repeat(counts)
    recipe = resolved(facts, "loss.label_smoothing=0.3", "loss.class_weights=balanced")
    loss = make_loss(recipe, TASK, labels, torch.device("cpu"))
    weights = losses.balanced_weights(counts)
    expected = losses.cross_entropy(
        outputs, targets, label_smoothing=0.3, weight=weights, reduction="none"
    )
    assert torch.equal(loss(outputs, targets), expected)
    recipe = resolved(facts, "loss.label_smoothing=0", "loss.class_weights=sqrt")
    loss = make_loss(recipe, TASK, labels, torch.device("cpu"))
    roots = losses.balanced_weights(counts, power=0.5)
    expected = losses.cross_entropy(outputs, targets, roots, reduction="none")
    assert torch.equal(loss(outputs, targets), expected)
    recipe = resolved(facts, "loss.label_smoothing=0", "loss.class_weights=none")
    loss = make_loss(recipe, TASK, labels, torch.device("cpu"))
    assert torch.equal(
        loss(outputs, targets), losses.cross_entropy(outputs, targets, reduction="none")
    )


@pytest.mark.parametrize("name", ["sgd", "momentum", "nesterov", "adamw", "muon"])
def test_the_optimizer_has_its_options(facts, name):
    recipe = resolved(
        facts,
        f"optimizer.name={name}",
        "optimizer.lr=0.03",
        "optimizer.weight_decay=0.5",
    )
    model = lenet(10, in_channels=1, image_size=28)
    optimizer = make_optimizer(recipe, model)
    rates = {g["lr"] for g in optimizer.param_groups}
    assert 0.03 in rates
    parameters = {id(x) for g in optimizer.param_groups for x in g["params"]}
    assert parameters == {id(x) for x in model.parameters()}
    if name != "muon":  # which holds the filters at a fixed norm and decays the rest
        decays = {
            (x.ndim > 1, g["weight_decay"])
            for g in optimizer.param_groups
            for x in g["params"]
        }
        assert decays == {(True, 0.5), (False, 0.0)}


@pytest.mark.parametrize("name", ["momentum", "nesterov"])
def test_momentum_reaches_the_optimizer(facts, name):
    recipe = resolved(facts, f"optimizer.name={name}", "optimizer.momentum=0.35")
    optimizer = make_optimizer(recipe, lenet(image_size=28))
    assert {g["momentum"] for g in optimizer.param_groups} == {0.35}
    assert {g["nesterov"] for g in optimizer.param_groups} == {name == "nesterov"}


def test_schedules(facts):
    def factor(progress, *overrides):
        return make_schedule(resolved(facts, *overrides))(progress)

    cosine = ("schedule.name=cosine", "schedule.final=0.2", "schedule.warmup=0")
    assert factor(0, *cosine) == 1
    assert factor(0.5, *cosine) == pytest.approx(0.6)
    assert factor(1, *cosine) == pytest.approx(0.2)
    linear = ("schedule.name=linear", "schedule.final=0.2", "schedule.warmup=0")
    assert factor(0.25, *linear) == pytest.approx(0.8)
    warm = ("schedule.name=constant", "schedule.warmup=0.2")
    assert factor(0.1, *warm) < factor(0.15, *warm) < factor(0.2, *warm) == 1
    step = ("schedule.name=step", "schedule.factor=0.5", "schedule.boundaries=[0.5]")
    assert factor(0.49, *step, "schedule.warmup=0") == 1
    assert factor(0.51, *step, "schedule.warmup=0") == 0.5


def test_policies(facts):
    def policy(*overrides):
        return make_policy(resolved(facts, *overrides))

    for flip, fit in product((False, True), ("pad", "stretch", "crop")):
        both = (f"augment.flip={flip}", f"data.fit={fit}")
        given = {"flip": flip, "fit": fit}
        assert policy("augment.crop=none", *both) == Plain(**given)
        assert policy(
            "augment.crop=pad_crop", "augment.pixels=5", "data.image_size=40", *both
        ) == PadCrop(size=40, pixels=5, **given)
        assert policy(
            "augment.crop=resized_crop", "augment.min_area=0.7", *both
        ) == RandomResizedCrop(min_area=0.7, **given)


@pytest.mark.parametrize(
    "text",
    ["init.bias=0.1", "activation.per_channel=true", "penalty.weight=1", "norm.eps=1"],
)
def test_what_belongs_to_a_name_is_an_error_without_one(text):
    key, section = text.partition("=")[0], text.partition(".")[0]
    with pytest.raises(RecipeError, match=f"`{key}` needs `{section}.name`"):
        refuse_unused(read_recipe(None, [text]))


def test_a_network_may_have_noise_of_its_own():
    refuse_unused(read_recipe(None, ["noise.passes=3"]))
