"""Names and arguments are checked against the technique that takes them."""

import pytest

from trainwell.core.errors import RecipeError
from trainwell.recipes import _vocabulary, parameters, read_recipe


def test_arguments_of_a_technique():
    assert "groups" in parameters("norm", "group_norm")
    assert "num_features" not in parameters("norm", "group_norm")


def test_defaults_are_written_out_but_for_norms():
    recipe = read_recipe(None, ["gradients=clip_norm", "norm=group_norm"])
    completed = _vocabulary.completed("gradients", recipe.gradients)
    assert completed.arguments() == {"limit": 1.0}
    assert _vocabulary.completed("norm", recipe.norm) == recipe.norm


def test_what_optimizers_know():
    assert _vocabulary.decays("adamw")
    assert _vocabulary.full_batch("lbfgs")
    assert not _vocabulary.full_batch("sgd")
    assert _vocabulary.default_rate("adamw") == 1e-3


def test_a_wrong_type_names_the_key():
    recipe = read_recipe(None, ["norm=group_norm"])
    norm = recipe.norm.model_copy(update={"groups": "many"})
    with pytest.raises(RecipeError, match="`norm.groups` .* got 'many'"):
        _vocabulary.checked("norm", norm)
