"""The recipes of deck 0's table are whole, and differ in the policy alone."""

from pathlib import Path

import pytest

from trainwell.recipes import read_recipe

FOLDER = Path(__file__).parents[2] / "benchmarks" / "wide_resnets"
POLICIES = {
    "baseline": None,
    "autoaugment": "autoaugment",
    "randaugment": "randaugment",
}


@pytest.mark.parametrize("network", ["28_2", "28_10"])
def test_a_recipe_for_every_cell(network):
    found = {p: read_recipe(FOLDER / f"wrn{network}_{p}.yaml") for p in POLICIES}
    assert {p: r.augment.name for p, r in found.items()} == POLICIES
    for recipe in found.values():
        assert recipe.model.name == f"wide_resnet{network}"
        assert (recipe.train.epochs, recipe.train.batch_size) == (200, 128)
        assert recipe.model_copy(update={"augment": None}) == found[
            "baseline"
        ].model_copy(update={"augment": None})
