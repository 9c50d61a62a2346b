"""The hooks of a recipe, in their order."""

import pytest
from torch import nn

from trainwell.core.errors import RecipeError
from trainwell.recipes import (
    make_gradient_treatment,
    make_hooks,
    make_plateau,
    read_recipe,
)
from trainwell.recipes._hooks import prunable


def kinds(*keys):
    recipe = read_recipe(None, keys)
    return [type(h).__name__ for h in make_hooks(recipe, (), 5, check_every=1)]


def test_nothing_but_a_check_of_the_loss():
    assert kinds() == ["StopAtNaN"]


def test_each_technique_in_its_place():
    found = kinds(
        "gradients=clip_norm", "penalty=l1", "penalty.proximal=true", "prune=magnitude"
    )
    assert found == ["StopAtNaN", "TreatGradients", "ShrinkWeights", "PruneGradually"]
    assert kinds("ensemble=snapshots")[1:] == ["KeepSnapshots"]
    assert kinds("ensemble=swa")[1:] == ["AverageWeights"]


def test_only_l1_shrinks():
    with pytest.raises(RecipeError, match="is for penalty.name=l1"):
        kinds("penalty=l2", "penalty.proximal=true")


def test_validation_decides_the_rate_if_asked():
    assert make_plateau(read_recipe(None)) == []
    (hook,) = make_plateau(read_recipe(None, ["schedule=reduce_on_plateau"]))
    assert type(hook).__name__ == "ReduceOnPlateau"


def test_gradient_treatment():
    assert make_gradient_treatment(read_recipe(None)) is None
    assert callable(make_gradient_treatment(read_recipe(None, ["gradients=clip_norm"])))


def test_weights_alone_are_pruned():
    model = nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2))
    assert list(prunable(model)) == ["0.weight"]
