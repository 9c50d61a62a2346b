"""A field that has an argument of its own is given once."""

import pytest

from trainwell.core.errors import RecipeError
from trainwell.recipes import read_named


@pytest.mark.parametrize(
    ("named", "override"),
    [
        ({"init.name": "kaiming_normal"}, "init=xavier_normal"),
        ({"model.name": "lenet"}, "model.name=mlp"),
        ({"model.name": "lenet"}, {"model": "mlp"}),
        ({"seed": 3}, "seed=4"),
        ({"augment.name": "mine.yaml"}, "augment.policy=randaugment"),
    ],
)
def test_a_field_given_twice_is_refused(named, override):
    key = next(iter(named))
    with pytest.raises(RecipeError, match=f"`{key}` is given twice"):
        read_named(None, named, [override])


def test_other_fields_go_together():
    named = {"model.name": "lenet", "init.name": None}
    recipe = read_named("resnet", named, ["optimizer.lr=0.5", "init=xavier_normal"])
    assert (recipe.model.name, recipe.init.name) == ("lenet", "xavier_normal")
    assert recipe.optimizer.lr == 0.5
    assert recipe.name == "resnet"


def test_a_mapping_and_an_argument_may_not_differ():
    with pytest.raises(RecipeError, match="`model.name` is given twice"):
        read_named({"model.name": "softmax"}, {"model.name": "lenet"})
    assert read_named("resnet", {"model.name": "lenet"}).model.name == "lenet"
