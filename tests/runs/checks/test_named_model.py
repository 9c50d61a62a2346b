"""The model of a check may be left out before the fields of the recipe."""

import pytest
from torch import nn

from trainwell.recipes import Recipe
from trainwell.runs.checks._named_model import split_model

NET = nn.Flatten()


@pytest.mark.parametrize(
    ("given", "model", "fields"),
    [
        ("lenet", "lenet", ("seed=1",)),
        (NET, NET, ("seed=1",)),
        (None, None, ("seed=1",)),
        ("train.epochs=2", None, ("train.epochs=2", "seed=1")),
        ({"train.epochs": 2}, None, ({"train.epochs": 2}, "seed=1")),
        (Recipe(seed=2), None, (Recipe(seed=2), "seed=1")),
    ],
)
def test_fields_are_no_model(given, model, fields):
    assert split_model(given, ["seed=1"]) == (model, fields)
