"""What a recipe changes about a network, and how its weights start."""

import numpy as np
import pytest
import torch
from torch import nn

from trainwell.core.errors import ModelError
from trainwell.recipes import (
    fit_statistics,
    initialise,
    make_modifications,
    read_recipe,
)


def modifications(*keys):
    made = make_modifications(read_recipe(None, keys))
    return [(m.kind, m.name) for m in made]


def test_the_order_of_modifications():
    found = modifications(
        "noise=dropout", "norm=group_norm", "activation=elu", "preprocess=zca_whiten"
    )
    assert [kind for kind, _ in found] == ["preprocess", "activation", "norm", "noise"]
    assert modifications() == []
    assert modifications("preprocess=channel_mean") == []


def test_statistics_by_hand():
    images = [np.full((2, 2, 3), 51, np.uint8), np.full((2, 2, 3), 153, np.uint8)]
    whole = fit_statistics(read_recipe(None), images, channels=3)
    np.testing.assert_allclose(whole.mean, 0.4)
    np.testing.assert_allclose(whole.std, 0.2)
    mean = fit_statistics(
        read_recipe(None, ["preprocess=channel_mean"]), images, channels=3
    )
    assert mean.std == (1, 1, 1)


def test_biases_start_where_the_recipe_says():
    model = nn.Linear(4, 3)
    recipe = read_recipe(None, ["init=kaiming_normal", "init.bias=0.5"])
    initialise(recipe, model, lambda: torch.zeros(1, 4))
    assert (model.bias == 0.5).all()


def test_a_network_without_weights():
    recipe = read_recipe(None, ["init=orthogonal"])
    with pytest.raises(ModelError, match="no convolution or linear map"):
        initialise(recipe, nn.Flatten(), lambda: torch.zeros(1, 4))
