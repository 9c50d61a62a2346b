"""Every key can be set, and what cannot is said by name."""

import contextlib

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from trainwell.core.errors import RecipeError
from trainwell.recipes import (
    builders,
    keys,
    override_texts,
    parameters,
    read_recipe,
    recipe_from,
    section_names,
    write_recipe,
)

VALUES = {
    "name": "mine",
    "seed": "7",
    "task": "regression",
    "data.image_size": "48",
    "data.fit": "crop",
    "data.bad_images": "skip",
    "data.image_column": "photo",
    "data.target_column": "kind",
    "data.group_column": "patient",
    "data.points_origin": "centre",
    "data.image_folder": "images",
    "data.image_suffix": ".jpg",
    "data.pattern": r"(?P<label>[a-z]+)_\d+",
    "data.classes": "[cat, dog]",
    "data.merge": "{pets: [cat, dog]}",
    "data.split": "stratified",
    "data.folds": "5",
    "data.fold": "2",
    "data.sampling": "balanced",
    "data.val_share": "0.25",
    "data.test_share": "0",
    "data.split_seed": "3",
    "data.per_class": "10",
    "data.bits": "16",
    "data.channels": "1",
    "data.memory_gb": "0.5",
    "preprocess.name": "zca_whiten",
    "model.name": "lenet",
    "model.pretrained": "weights.pth",
    "model.head": "heatmap",
    "model.arguments": "{widths: [8, 16]}",
    "transfer.looks": "2",
    "activation.name": "prelu",
    "activation.per_channel": "true",
    "norm.name": "group_norm",
    "init.name": "lsuv",
    "init.bias": "0.01",
    "noise.name": "dropout",
    "noise.passes": "4",
    "loss.name": "hinge",
    "loss.label_smoothing": "0.3",
    "loss.class_weights": "balanced",
    "penalty.name": "l1",
    "penalty.weight": "1e-4",
    "penalty.proximal": "true",
    "optimizer.name": "adamw",
    "optimizer.lr": "1e-3",
    "optimizer.weight_decay": "0",
    "optimizer.base_batch_size": "256",
    "optimizer.lookahead": "5",
    "gradients.name": "clip_norm",
    "schedule.name": "step",
    "schedule.warmup": "0.2",
    "prune.name": "magnitude",
    "data.extra": "synthetic:shapes",
    "augment.name": "randaugment",
    "augment.file": "found.yaml",
    "augment.operations": "[{op: gamma, p: 0.3, exponent: [0.5, 2.0]}]",
    "augment.crop": "none",
    "augment.interpolation": "linear",
    "augment.backend": "torch",
    "augment.cutout": "0.5",
    "augment.mix": "mixup",
    "augment.alpha": "0.3",
    "augment.flip": "false",
    "augment.pixels": "0",
    "augment.min_area": "0.5",
    "augment.border": "reflect",
    "transfer.plan": "auto",
    "transfer.depths": "all",
    "transfer.solve": "true",
    "transfer.cut": "0.7",
    "transfer.freeze": "0.5",
    "transfer.rate": "0.1",
    "transfer.unfreeze_every": "1",
    "distill.teacher": "runs/large",
    "distill.temperature": "2",
    "distill.weight": "0.5",
    "ensemble.kind": "seeds",
    "ensemble.size": "3",
    "ensemble.start": "0.5",
    "train.epochs": "3",
    "train.time": "10m",
    "train.batch_size": "64",
    "train.precision": "float32",
    "train.memory_format": "contiguous",
    "train.average": "0.99",
    "train.patience": "5",
    "train.select": "f1",
    "train.evaluate_every": "2",
    "train.keep": "epochs",
    "train.calibrate": "false",
    "train.checkpoint_seconds": "9",
    "train.device": "cpu",
    "train.threads": "1",
}
ARGUMENTS = {
    f"{section}.{key}"
    for section in section_names()
    for name in builders(section)
    for key in parameters(section, name)
}


def at(recipe, key):
    for part in key.split("."):
        recipe = getattr(recipe, part, None)
    return recipe


def test_a_value_for_every_key():
    assert VALUES.keys() | ARGUMENTS == keys().keys()


def test_every_key_says_what_it_means():
    assert [key for key, meaning in keys().items() if not meaning] == []


@pytest.mark.parametrize("key", VALUES)
def test_every_key_can_be_set_alone(key):
    recipe = read_recipe(None, [f"{key}={VALUES[key]}"])
    text, value = VALUES[key], at(recipe, key)
    expected = yaml.safe_load(text)
    if isinstance(value, tuple):
        assert list(value) == expected
    elif isinstance(value, float):
        assert value == float(text)
    else:
        assert value == expected
    default = recipe_from({})
    assert value != at(default, key)
    others = [k for k in VALUES if k != key]
    assert [at(recipe, k) for k in others] == [at(default, k) for k in others]


@pytest.mark.parametrize("start", [None, "auto"])
def test_nothing_asked(start):
    assert read_recipe(start) == recipe_from({})


def test_an_argument_of_the_model_by_its_own_key():
    recipe = read_recipe(None, ["model.arguments.widths=[8, 8]"])
    assert recipe.model.arguments == {"widths": [8, 8]}


def test_later_overrides_win_over_earlier_and_over_the_preset():
    recipe = read_recipe("resnet", ["model.name=lenet", "model.name=mlp", "seed=1"])
    assert (recipe.name, recipe.model.name, recipe.seed) == ("resnet", "mlp", 1)
    assert recipe.optimizer.name == "nesterov"


@pytest.mark.parametrize(
    ("override", "nearest"),
    [
        ("optimizr.lr=1", "optimizer.lr"),
        ("optimizr.momentum=0.9", "optimizer.momentum"),
        ("train.epoch=3", "train.epochs"),
        ("augment.pixel=3", "augment.pixels"),
        ("optimiser.weight_decay=3", "optimizer.weight_decay"),
        ("lr=0.1", "optimizer.lr"),
        ("batch_size=8", "train.batch_size"),
        ("epochs=8", "train.epochs"),
        ("sed=8", "seed"),
    ],
)
def test_unknown_keys_suggest_the_nearest(override, nearest):
    key = override.partition("=")[0]
    with pytest.raises(RecipeError) as caught:
        read_recipe(None, [override])
    assert str(caught.value) == (
        f"`{key}` is not a key of a recipe. Did you mean `{nearest}`?"
    )


def test_a_key_that_is_near_nothing_points_to_the_list():
    with pytest.raises(RecipeError, match=r"`xyzzy.qq` .* `trainwell show recipe`"):
        read_recipe(None, ["xyzzy.qq=1"])


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ("optimizer.lr=abc", "`optimizer.lr` .* got 'abc'"),
        ("optimizer.lr=nan", "`optimizer.lr` .* finite"),
        ("optimizer.lr=0", "`optimizer.lr` .* greater than 0, got 0"),
        ("optimizer=adamm", "`optimizer.name` must be one of .* got 'adamm'. Did you"),
        ("optimizer=3", "`optimizer` cannot be 3"),
        ("optimizer.lr.x=3", "`optimizer.lr` "),
        ("train.batch_size=1.5", "`train.batch_size` .* got 1.5"),
        ("train.time=rubbish", "^`train.time` must be a time .* got 'rubbish'"),
        ("schedule={name: step, boundaries: 2}", "`schedule.boundaries` .* got 2"),
        ("data.channels=0", "`data.channels` .* greater than or equal to 1, got 0"),
        ("model.arguments=3", "`model.arguments` "),
        ("model.pretrained=[1]", "`model.pretrained` "),
        ("train={a: b: c}", "`train`: .* not a valid value"),
        ("optimizer.lr", "'optimizer.lr' is not key=value, such as optimizer.lr"),
        ("seed.x.y=3", "`seed` "),
    ],
)
def test_wrong_values_name_the_key(override, message):
    with pytest.raises(RecipeError, match=message) as caught:
        read_recipe(None, [override])
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "overrides",
    [
        ["norm=group_norm", "norm.groups=8"],
        ["norm.groups=8", "norm=group_norm"],
        ["norm.name=group_norm", "norm.groups=8"],
    ],
)
def test_a_name_alone_stands_for_its_section(overrides):
    recipe = read_recipe(None, overrides)
    assert recipe.norm.model_dump() == {"name": "group_norm", "groups": 8}


def test_an_argument_must_be_of_some_technique_of_its_section():
    read_recipe(None, ["optimizer.betas=[0.9, 0.99]"])
    with pytest.raises(RecipeError, match=r"Did you mean `optimizer.betas`\?"):
        read_recipe(None, ["optimizer.beta=[0.9, 0.99]"])
    with pytest.raises(
        RecipeError, match="is not used by optimizer.name=sgd; it takes"
    ):
        read_recipe(None, ["optimizer=sgd", "optimizer.betas=[0.9, 0.99]"])


@given(st.text(), st.text())
def test_any_text_gives_a_recipe_or_an_error_of_ours(key, value):
    with contextlib.suppress(RecipeError):
        read_recipe(None, [f"{key}={value}"])


def test_a_file(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("optimizer: {name: sgd, lr: 1e-2}\nschedule:\n  name: step\n")
    recipe = read_recipe(path, ["optimizer.lr=0.5"])
    assert (recipe.optimizer.name, recipe.optimizer.lr) == ("sgd", 0.5)
    assert recipe.schedule.name == "step"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a: b: c", "is not valid YAML"),
        (b"\xff\xfe\xfa", "is not valid YAML"),
        (b"just text", "must hold keys and values"),
        (b"- 1\n- 2", "must hold keys and values"),
        (b"optimizer: {rate: 3}", "`optimizer.rate` is not a key"),
        (b"!!python/object/apply:os.getcwd []", "is not valid YAML"),
    ],
)
def test_files_that_are_no_recipes(tmp_path, content, message):
    path = tmp_path / "bad.yaml"
    path.write_bytes(content)
    with pytest.raises(RecipeError, match=message):
        read_recipe(path)


def test_an_unknown_preset_suggests_the_nearest():
    with pytest.raises(RecipeError, match=r"neither .* Did you mean `resnet`\?"):
        read_recipe("resnt")


def test_what_is_written_is_read_back_equal(tmp_path):
    path = tmp_path / "recipe.yaml"
    asked = [f"{key}={value}" for key, value in VALUES.items()]
    recipe = read_recipe(None, asked)
    path.write_text(write_recipe(recipe))
    assert read_recipe(path) == recipe


@pytest.mark.parametrize(
    "override",
    [
        {"train": {"epochs": 2}, "optimizer.lr": 1e-5, "model": "lenet"},
        read_recipe(None, ["train.epochs=2", "optimizer.lr=1e-5", "model=lenet"]),
    ],
)
def test_a_mapping_is_as_good_as_texts(override):
    texts = ["seed=3", "train.epochs=2", "optimizer.lr=1e-5", "model=lenet"]
    assert read_recipe(None, ["seed=3", override]) == read_recipe(None, texts)
    assert read_recipe(None, override_texts(["seed=3", override])).seed == 3


def test_the_folder_of_a_run_stands_for_its_recipe(tmp_path):
    (tmp_path / "recipe.yaml").write_text("seed: 7\n")
    assert read_recipe(tmp_path).seed == 7


def test_a_preset_in_place_of_a_field_is_recognised():
    with pytest.raises(RecipeError, match="It is a preset; give it as `recipe`"):
        read_recipe(None, ["resnet"])
