"""Presets are recipes, and say what they are."""

import pytest

from trainwell.recipes import PRESETS, read_recipe


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_a_recipe_with_its_name(name):
    assert read_recipe(name).name == name
    assert PRESETS[name].__doc__


def test_what_one_leaves_open_may_be_set():
    recipe = read_recipe("resnet", ["optimizer.lr=0.3"])
    assert (recipe.model.name, recipe.optimizer.lr) == ("resnet18", 0.3)
