"""What a file names is not run unless somebody says so."""

import pytest

from trainwell.core.errors import RecipeError
from trainwell.recipes import Recipe, refuse_named_code


@pytest.mark.parametrize(
    "name", [None, "lenet", "timm:resnet18", "torchvision:resnet18", "hf:a/b"]
)
def test_networks_without_code_of_their_own(name):
    recipe = Recipe(model={"name": name})
    refuse_named_code(recipe, "a.yaml", None, allow_import=False)


def test_code_that_was_named_or_allowed():
    recipe = Recipe(model="mynets:Net")
    refuse_named_code(recipe, "a.yaml", "mynets:Net", allow_import=False)
    refuse_named_code(recipe, "a.yaml", None, allow_import=True)


@pytest.mark.parametrize("trusted", [None, "lenet", "mynets:Other"])
def test_code_that_nobody_named(trusted):
    message = r"a.yaml names the network `mynets:Net`.*`--allow-import`.*model.name=my"
    recipe = Recipe(model="mynets:Net")
    with pytest.raises(RecipeError, match=message):
        refuse_named_code(recipe, "a.yaml", trusted, allow_import=False)
