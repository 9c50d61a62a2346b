"""Policies and mixing of a recipe."""

import pytest
import yaml

from trainwell.augment.policies import (
    Cutout,
    Operations,
    PadCrop,
    Plain,
    RandAugment,
    ShortSide,
    alexnet,
)
from trainwell.core.errors import RecipeError
from trainwell.recipes import (
    make_mixing,
    make_policy,
    read_recipe,
    recipe_from,
    write_recipe,
)
from trainwell.tasks import Classification


def policy(*keys):
    return make_policy(read_recipe(None, ["data.image_size=32", *keys]))


def test_crops():
    assert policy() == Plain(fit="pad", flip=False)
    keys = "augment.crop=pad_crop", "augment.pixels=3", "augment.flip=true"
    assert policy(*keys) == PadCrop(size=32, pixels=3, fit="pad", flip=True)
    assert policy("augment.crop=short_side") == ShortSide(flip=False)


def test_a_policy_and_cutout_follow_the_crop():
    made = policy("augment=randaugment", "augment.num_ops=1", "augment.cutout=0.5")
    assert made.crop == Plain(fit="pad", flip=False)
    assert made.transforms == (RandAugment(num_ops=1), Cutout(side=0.5))


LISTED = """augment.operations=
[vertical_flip, {op: gaussian_blur, sigma: [0.1, 2], p: 0.3}]"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("augment.operations=vertical_flip", Operations("vertical_flip")),
        (
            LISTED.replace("\n", ""),
            Operations(
                ["vertical_flip", {"op": "gaussian_blur", "sigma": (0.1, 2), "p": 0.3}]
            ),
        ),
        (
            "augment.operations={one_of: [flip, gamma], p: 1}",
            Operations({"one_of": ["flip", "gamma"], "p": 1}),
        ),
    ],
)
def test_listed_operations_follow_the_crop(text, expected):
    made = policy(text)
    assert made.transforms == (expected,)
    recipe = read_recipe(None, [text])
    assert read_recipe(recipe) == recipe
    again = recipe_from(yaml.safe_load(write_recipe(recipe)))
    assert again.augment.operations == expected.operations


def test_ranges_are_written_out():
    recipe = read_recipe(None, ["augment.operations=gamma"])
    assert recipe.augment.operations == [
        {"op": "gamma", "p": 0.5, "exponent": [0.8, 1.25]}
    ]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("gama", "augment.operations: `gama` is no operation. Did you mean `gamma`?"),
        ("{op: gamma, exponents: 1}", "has no parameter `exponents`"),
        ("{op: gamma, exponent: -1}", r"must be a number in \[0, 10\]"),
        ("[]", "must be a list of operations"),
        ("3", "must be a list of operations"),
    ],
)
def test_what_is_no_list_of_operations(value, words):
    with pytest.raises(RecipeError, match=words) as caught:
        read_recipe(None, [f"augment.operations={value}"])
    assert "\n" not in str(caught.value)


def test_alexnet_has_crops_of_one_scale():
    made = policy("augment=alexnet", "augment.crop=short_side")
    assert made.crop == ShortSide(high=256 / 224)
    assert made.transforms == (alexnet(),)


def test_a_file_that_is_no_policy_names_the_key(tmp_path):
    path = tmp_path / "p.yaml"
    path.write_text("name: nothing_like_it")
    with pytest.raises(RecipeError, match="augment.file=.*p.yaml"):
        policy(f"augment.file={path}")


def test_mixing():
    task = Classification(("a", "b", "c", "d"))
    assert make_mixing(read_recipe(None), task) is None
    recipe = read_recipe(None, ["augment.mix=mixup", "augment.alpha=0.3"])
    mixing = make_mixing(recipe, task)
    assert (mixing.num_classes, mixing.alpha) == (4, 0.3)
