"""What parts of a recipe use."""

import pytest

from trainwell.recipes import read_recipe
from trainwell.recipes._uses import (
    draws_weights,
    first_of_transfer,
    learned,
    needs_validation,
)


def recipe(*words):
    return read_recipe(None, words)


def test_initialisers_that_draw_one_weight():
    assert draws_weights(recipe("init=kaiming_normal"))
    assert not draws_weights(recipe("init=lsuv"))


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("train.patience=3",), "train.patience"),
        (("ensemble=snapshots",), "ensemble.kind=snapshots"),
        (("schedule=reduce_on_plateau",), "schedule.name=reduce_on_plateau"),
        ((), ""),
    ],
)
def test_what_selects_by_validation(words, name):
    assert needs_validation(recipe(*words)) == name


def test_activations_with_a_parameter():
    assert learned(recipe("activation=prelu"))
    assert learned(recipe("activation=swish", "activation.learned=true"))
    assert not learned(recipe("activation=swish"))


def test_the_first_field_of_transfer():
    assert first_of_transfer(recipe("transfer.rate=0.1")) == "rate"
    assert first_of_transfer(recipe()) == ""
