"""The recipe is frozen, complete by defaults, and comes back from YAML equal."""

import pydantic
import pytest

from trainwell.recipes import Recipe, read_recipe, write_recipe


def test_it_is_frozen():
    with pytest.raises(pydantic.ValidationError):
        Recipe().seed = 3


def test_there_and_back(tmp_path):
    recipe = read_recipe(
        None, ["optimizer=sgd", "optimizer.lr=0.3", "ensemble=3", "train.time=5m"]
    )
    path = tmp_path / "recipe.yaml"
    path.write_text(write_recipe(recipe))
    assert read_recipe(path) == recipe


def test_times_are_checked():
    with pytest.raises(ValueError, match="train.time"):
        read_recipe(None, ["train.time=soon"])
