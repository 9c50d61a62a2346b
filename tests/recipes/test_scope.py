"""A command refuses the fields for which it has no use."""

import pytest

from trainwell.core.errors import RecipeError
from trainwell.recipes import Scope, read_recipe, refuse_out_of_scope, specified_keys

SOME = Scope("trainwell some", {"train.time": "it is quick.", "prune": "it keeps all."})
FEW = Scope("trainwell few", only=("data", "seed", "train.threads"), reason="it looks.")


def refusal(scope, *keys):
    with pytest.raises(RecipeError) as caught:
        refuse_out_of_scope(read_recipe(None, keys), scope)
    return str(caught.value)


def test_specified_keys_are_those_with_another_value():
    recipe = read_recipe(None, ["optimizer.lr=0.1", "data.val_share=0.1", "norm=none"])
    assert list(specified_keys(recipe)) == ["norm.name", "optimizer.lr"]


def test_reasons_by_key_and_by_section():
    text = (
        "`train.time` changes nothing in `trainwell some`: it is quick. Leave it out."
    )
    assert refusal(SOME, "train.time=5s") == text
    assert "it keeps all" in refusal(SOME, "prune=magnitude")
    refuse_out_of_scope(read_recipe(None, ["train.epochs=3", "seed=2"]), SOME)


def test_everything_but_a_few():
    assert "`optimizer.lr`" in refusal(FEW, "optimizer.lr=1")
    assert "it looks." in refusal(FEW, "train.epochs=1")
    keys = ["data.val_share=0.2", "seed=3", "train.threads=2"]
    refuse_out_of_scope(read_recipe(None, keys), FEW)


def test_interpolation_needs_something_that_moves():
    linear = "augment.interpolation=linear"
    assert "turns, shears or shifts" in refusal(SOME, linear)
    assert "turns" in refusal(SOME, linear, "augment=color_jitter")
    assert "turns" in refusal(SOME, linear, "augment.operations=[flip,gamma,rotate90]")
    keys = [linear, "augment.operations=[flip,rotate]"]
    refuse_out_of_scope(read_recipe(None, keys), SOME)
    refuse_out_of_scope(read_recipe(None, [linear, "augment=randaugment"]), SOME)
    own = Scope("trainwell search", own_policy=True)
    refuse_out_of_scope(read_recipe(None, [linear]), own)


def test_stratified_folds_without_a_test_to_cut():
    from trainwell.data import load
    from trainwell.recipes import refuse_idle_splits

    splits = load("digits", folds=5, test_fraction=0)
    words = ["data.folds=5", "data.split=stratified"]
    refuse_idle_splits(read_recipe(None, words), splits)
    with pytest.raises(RecipeError, match="`data.split`=stratified changes nothing"):
        refuse_idle_splits(read_recipe(None, [*words, "data.test_share=0"]), splits)
