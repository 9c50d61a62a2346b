"""Short forms: a plain value stands for the first field."""

import pytest

from trainwell.core.errors import RecipeError
from trainwell.recipes import read_recipe


@pytest.mark.parametrize(
    ("text", "section", "fields"),
    [
        ("norm=group_norm", "norm", {"name": "group_norm"}),
        ("model=resnet18", "model", {"name": "resnet18"}),
        ("transfer=auto", "transfer", {"plan": "auto"}),
        ("ensemble=4", "ensemble", {"kind": "seeds", "size": 4}),
        ("ensemble=swa", "ensemble", {"kind": "swa"}),
        ("augment=p.yaml", "augment", {"name": None, "file": "p.yaml"}),
        ("augment.policy=ctaugment", "augment", {"name": "ctaugment"}),
    ],
)
def test_short_forms(text, section, fields):
    found = getattr(read_recipe(None, [text]), section)
    assert {name: getattr(found, name) for name in fields} == fields


def test_more_fields_may_follow():
    recipe = read_recipe(None, ["ensemble=swa", "ensemble.start=0.5"])
    assert (recipe.ensemble.kind, recipe.ensemble.start) == ("swa", 0.5)
    recipe = read_recipe(None, ["transfer=auto", "transfer.rate=0.2"])
    assert (recipe.transfer.plan, recipe.transfer.rate) == ("auto", 0.2)


def test_arguments_are_what_no_field_is():
    recipe = read_recipe(None, ["norm=group_norm", "norm.groups=4"])
    assert recipe.norm.arguments() == {"groups": 4}


def test_a_number_is_no_name():
    with pytest.raises(RecipeError, match="`norm` cannot be 3"):
        read_recipe(None, ["norm=3"])
