"""Members differ in their seeds alone."""

from trainwell.recipes import read_recipe
from trainwell.runs.training._train_ensemble import _alone


def test_the_recipe_of_a_member():
    recipe = read_recipe(None, ["ensemble=3", "seed=4", "train.epochs=2"])
    alone = _alone(recipe, 2)
    assert (alone.seed, alone.ensemble.kind, alone.ensemble.size) == (6, None, None)
    assert alone.train == recipe.train
