"""Whatever the data and the device, the chosen recipe is whole and can be run."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from trainwell import models
from trainwell.recipes import (
    PRESETS,
    DataStats,
    Recipe,
    builders,
    choose,
    keys,
    make_loss,
    make_optimizer,
    make_policy,
    make_schedule,
    parameters,
    read_recipe,
    recipe_from,
    refuse_unused,
    seconds,
    section_names,
    write_recipe,
)
from trainwell.tasks import Classification

OPTIONAL = {  # may stay open: nothing is done, or the run finds out
    "model.pretrained",
    "loss.label_smoothing",
    "loss.class_weights",
    "optimizer.base_batch_size",
    "optimizer.lookahead",
    "schedule.warmup",
    "augment.name",
    "augment.file",
    "augment.operations",
    "augment.cutout",
    "augment.mix",
    "augment.alpha",
    "data.extra",
    "data.per_class",
    "data.image_column",
    "data.target_column",
    "data.points_origin",
    "data.group_column",
    "data.image_folder",
    "data.image_suffix",
    "data.pattern",
    "data.classes",
    "data.merge",
    "data.folds",
    "data.fold",
    "data.sampling",
    "transfer.plan",
    "model.head",
    "transfer.depths",
    "transfer.solve",
    "transfer.cut",
    "transfer.looks",
    "transfer.freeze",
    "transfer.rate",
    "transfer.unfreeze_every",
    "distill.teacher",
    "distill.temperature",
    "distill.weight",
    "ensemble.kind",
    "ensemble.size",
    "ensemble.start",
    "train.average",
    "train.patience",
    "train.keep",
    "train.threads",
}
ONE_OF = {"train.epochs", "train.time"}
ANY = st.builds(
    DataStats,
    num_train=st.integers(2, 2_000_000),
    num_classes=st.integers(2, 1000),
    channels=st.sampled_from([1, 3, 4]),
    median_height=st.integers(1, 5000),
    median_width=st.integers(1, 5000),
    imbalance=st.floats(1, 1000),
    mirror=st.sampled_from([None, True, False]),
    weights=st.booleans(),
    accelerator=st.booleans(),
    cores=st.integers(1, 128),
)
SECTIONS = set(Recipe.model_fields) - {"name", "seed", "task"}
CHOICES = [
    *(f"{section}.name={n}" for section in section_names() for n in builders(section)),
    *(f"augment.crop={n}" for n in ("none", "pad_crop", "resized_crop", "short_side")),
]


def at(recipe, key):
    for part in key.split("."):
        recipe = getattr(recipe, part, None)
    return recipe


ABSENT = ("activation", "norm", "init", "noise", "penalty", "gradients", "prune")


def open_keys(recipe):
    """Keys without a value, of the sections that do something."""
    taken = {
        f"{section}.{key}"
        for section in section_names()
        if (name := getattr(recipe, section).name) is not None
        for key in parameters(section, name)
    }
    shared = {f"{n}.{k}" for n, part in recipe if n in SECTIONS for k, _ in part}
    present = {k for k in taken | shared if k.split(".")[0] not in ABSENT}
    return {key for key in present if at(recipe, key) is None}


def check_it_can_be_run(recipe, known):
    """The recipe is valid, whole, survives its file, and makes every component."""
    refuse_unused(recipe)
    assert recipe_from(recipe.model_dump()) == recipe
    assert len(open_keys(recipe) & ONE_OF) == 1
    task = Classification(tuple(map(str, range(known.num_classes))))
    targets = np.r_[np.arange(known.num_classes), [0] * 4]
    loss = make_loss(recipe, task, targets, torch.device("cpu"))
    values = loss(torch.zeros(2, known.num_classes), torch.tensor([0, 1]))
    assert values.shape == (2,)
    assert values.isfinite().all()
    model = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.Linear(4, 3))
    assert make_optimizer(recipe, model).param_groups
    schedule = make_schedule(recipe)
    assert all(0 <= schedule(p) <= 1 for p in (0, 0.05, 0.5, 1))
    make_policy(recipe)


def unused(recipe):
    """Keys of the named components' neighbours: open because they are not used."""
    full = set(keys())
    probes = {key for key in full if key.startswith("augment.")} - OPTIONAL
    refused = set()
    for key in probes & open_keys(recipe):
        section, field = key.split(".")
        part = getattr(recipe, section).model_copy(update={field: 1})
        try:
            refuse_unused(recipe.model_copy(update={section: part}))
        except ValueError:
            refused.add(key)
    return refused


@given(known=ANY)
@settings(max_examples=60, deadline=None)
def test_nothing_that_is_used_stays_open(known):
    recipe, sentence = choose(read_recipe(None), known)
    check_it_can_be_run(recipe, known)
    left = open_keys(recipe) - unused(recipe) - OPTIONAL - ONE_OF
    assert left == (set() if known.channels in (1, 3) else {"data.channels"})
    assert f"{known.num_train:,} " in sentence
    assert f" {known.num_classes} classes" in sentence
    assert f"{known.median_width}x{known.median_height} px" in sentence
    assert f"{recipe.optimizer.name} {recipe.optimizer.lr:g}" in sentence
    assert f"batches of {recipe.train.batch_size}," in sentence
    assert recipe.train.batch_size <= known.num_train


@given(known=ANY)
@settings(max_examples=25, deadline=None)
def test_the_chosen_network_can_be_built_and_takes_the_chosen_size(known):
    recipe, _ = choose(read_recipe(None), known)
    with torch.device("meta"):
        created = models.create(
            recipe.model.name,
            num_classes=known.num_classes,
            in_channels=known.channels,
            image_size=recipe.data.image_size,
            arguments=recipe.model.arguments,
        )
        size = recipe.data.image_size
        outputs = created.model.eval()(torch.zeros(1, known.channels, size, size))
    assert outputs.shape == (1, known.num_classes)


@pytest.mark.parametrize("choice", CHOICES)
@given(known=ANY)
@settings(max_examples=5, deadline=None)
def test_each_name_alone_resolves(choice, known):
    recipe, _ = choose(read_recipe(None, [choice]), known)
    key, _, value = choice.partition("=")
    assert at(recipe, key) == value
    check_it_can_be_run(recipe, known)


def test_all_names_together(facts):
    for i in range(5):
        for j in range(5, 9):
            for k in range(9, 12):
                asked = [CHOICES[i], CHOICES[j], CHOICES[k]]
                check_it_can_be_run(
                    choose(read_recipe(None, asked), facts())[0], facts()
                )


@pytest.mark.parametrize("preset", PRESETS)
def test_presets(preset, facts, tmp_path):
    asked = read_recipe(preset)
    assert asked.name == preset
    refuse_unused(asked)
    recipe, _ = choose(asked, facts())
    check_it_can_be_run(recipe, facts())
    path = tmp_path / "recipe.yaml"
    path.write_text(write_recipe(recipe))
    assert read_recipe(path) == recipe
    assert choose(read_recipe(path), facts())[0] == recipe


def test_the_preset_for_published_weights_names_a_network_that_has_some():
    model = read_recipe("finetune").model
    assert model.pretrained is True
    assert model.name.startswith(("timm:", "hf:"))


@pytest.mark.parametrize(
    "asked",
    [
        "data.image_size=20",
        "data.fit=crop",
        "model.name=lenet",
        "loss.label_smoothing=0",
        "loss.class_weights=sqrt",
        "optimizer.lr=1e-6",
        "optimizer.momentum=0",
        "optimizer.weight_decay=0",
        "schedule.warmup=0.33",
        "schedule.final=0.5",
        "augment.flip=false",
        "augment.pixels=0",
        "augment.border=mean",
        "train.epochs=2",
        "train.batch_size=7",
        "train.evaluate_every=0.5",
    ],
)
def test_what_the_user_set_stays(asked, facts):
    known = facts(imbalance=50.0, mirror=True)
    default, _ = choose(read_recipe(None), known)
    recipe, _ = choose(read_recipe(None, [asked]), known)
    key, _, value = asked.partition("=")
    given = at(read_recipe(None, [asked]), key)
    assert at(recipe, key) == given != at(default, key)


def test_a_time_replaces_the_epochs(facts):
    recipe, sentence = choose(read_recipe(None, ["train.time=1h30m"]), facts())
    assert recipe.train.epochs is None
    assert seconds(recipe.train.time) == 5400
    assert sentence.endswith("in 1h30m.")


class TestRules:
    """What is chosen, at the ends of each rule."""

    def chosen(self, facts, *asked, **known):
        return choose(read_recipe(None, asked), facts(**known))[0]

    def test_what_follows_from_a_size_that_is_no_square(self, facts):
        size = "data.image_size=[48,160]"
        recipe = self.chosen(facts, size, "augment.crop=pad_crop")
        assert recipe.data.image_size == (48, 160)
        assert recipe.augment.pixels == 3  # a sixteenth of the shorter side
        many = {"num_train": 30_000, "accelerator": False}
        assert self.chosen(facts, size, **many).model.name == "resnet18"
        small = self.chosen(facts, "data.image_size=[12,60]", **many)
        assert small.model.arguments == {}  # too low for three blocks

    def test_size_follows_the_images(self, facts):
        def size(longest, **more):
            known = {"median_height": longest, "median_width": longest // 2 + 1}
            return self.chosen(facts, **known, **more).data.image_size

        assert [size(n) for n in (1, 8, 16, 17, 28, 64)] == [9, 24, 48, 17, 28, 64]
        assert [size(n) for n in (65, 100, 128, 5000)] == [64, 96, 128, 128]
        assert [size(n, accelerator=True) for n in (100, 5000)] == [96, 224]

    def test_a_larger_network_for_many_images(self, facts):
        def model(n, side=32, **more):
            known = {"num_train": n, "median_height": side, "median_width": side}
            chosen = self.chosen(facts, **known, **more).model
            return chosen.name, chosen.arguments

        assert model(19_999) == ("airbench", {})
        assert model(20_000) == ("airbench", {"widths": [64, 256, 256]})
        assert model(20_000, side=256) == ("resnet18", {})
        assert model(20_000, side=256, accelerator=True) == ("resnet50", {})
        assert model(19_999, side=256) == ("airbench", {})

    def test_own_arguments_of_the_network_are_kept(self, facts):
        asked = "model.arguments={widths: [8]}"
        chosen = self.chosen(facts, asked, num_train=50_000)
        assert chosen.model.arguments == {"widths": [8]}
        named = self.chosen(facts, "model.name=lenet", num_train=50_000)
        assert named.model.arguments == {}

    def test_uneven_classes_are_not_weighted_but_counted_equally(self, facts):
        for imbalance, select in ((3.0, "accuracy"), (14.0, "balanced_accuracy")):
            chosen = self.chosen(facts, imbalance=imbalance)
            assert chosen.loss.class_weights == "none"
            assert chosen.train.select == select

    def test_mirroring(self, facts):
        assert self.chosen(facts, channels=3).augment.flip is True
        assert self.chosen(facts, channels=1).augment.flip is False
        assert self.chosen(facts, channels=3, mirror=False).augment.flip is False
        assert self.chosen(facts, channels=1, mirror=True).augment.flip is True

    def test_photos_are_cropped_small_images_shifted(self, facts):
        small = self.chosen(facts, median_height=64)
        large = self.chosen(facts, median_height=65)
        assert (small.augment.crop, small.augment.border) == ("pad_crop", "reflect")
        assert small.augment.pixels == 4
        assert (large.augment.crop, large.augment.border) == ("resized_crop", "mean")

    def test_passes_shrink_as_data_grows(self, facts):
        def epochs(n):
            return self.chosen(facts, num_train=n).train.epochs

        assert epochs(5000) == 24
        assert epochs(20) == 100
        assert epochs(10**6) == 8

    def test_batches(self, facts):
        def batch(n, **more):
            return self.chosen(facts, num_train=n, **more).train.batch_size

        assert [batch(n) for n in (10, 100, 900, 50_000)] == [10, 16, 50, 500]
        assert batch(50_000, accelerator=True) == 500

    def test_published_weights_move_slowly(self, facts):
        fresh = self.chosen(facts, "model.name=resnet18")
        tuned = self.chosen(facts, "model.name=resnet18", "model.pretrained=w.pth")
        assert (fresh.optimizer.name, tuned.optimizer.name) == ("nesterov", "adamw")
        assert tuned.optimizer.lr == pytest.approx(1e-4)
        own = "model.name=resnet18", "model.pretrained=w.pth"
        assert self.chosen(facts, *own, "transfer=auto").optimizer.lr == 1e-4
        for kept in ("transfer.freeze=1", "transfer.rate=0.1"):
            assert self.chosen(facts, *own, kept).optimizer.lr == 1e-3, kept
        foreign = self.chosen(facts, "model.name=mynet:Net")
        assert foreign.optimizer.name == "adamw"
        assert foreign.optimizer.lr == 1e-3

    def test_singular(self, facts):
        _, sentence = choose(read_recipe(None, ["train.epochs=1"]), facts(cores=1))
        assert "on 1 core:" in sentence
        assert sentence.endswith("for 1 epoch.")
