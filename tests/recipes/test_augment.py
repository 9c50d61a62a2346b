"""Policies and mixing of a recipe."""

import pytest

from trainwell.augment.policies import Cutout, PadCrop, Plain, RandAugment, ShortSide
from trainwell.core.errors import RecipeError
from trainwell.recipes import make_mixing, make_policy, read_recipe


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


def test_a_file_that_is_no_policy_names_the_key(tmp_path):
    path = tmp_path / "p.yaml"
    path.write_text("name: nothing_like_it")
    with pytest.raises(RecipeError, match="augment.file=.*p.yaml"):
        policy(f"augment.file={path}")


def test_mixing():
    assert make_mixing(read_recipe(None), 4) is None
    recipe = read_recipe(None, ["augment.mix=mixup", "augment.alpha=0.3"])
    mixing = make_mixing(recipe, 4)
    assert (mixing.num_classes, mixing.alpha) == (4, 0.3)
