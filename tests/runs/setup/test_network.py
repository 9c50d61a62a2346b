"""The network of a setup, and what is saved beside it."""

import pytest

from trainwell.core.errors import RecipeError
from trainwell.runs.setup._network import build_network, create_network


def test_metadata_says_what_the_model_expects(opened):
    session = opened("data.fit=crop", "augment.border=black")
    network = build_network(session, session.recipe)
    preprocessing = network.metadata.preprocessing
    assert network.metadata.classes == session.splits.classes
    assert (preprocessing.fit, preprocessing.border) == ("crop", "black")
    assert preprocessing.image_size == session.recipe.data.image_size


def test_modifications_are_made(opened):
    recipe = opened("activation=tanh").recipe
    created = create_network(recipe, num_classes=3, in_channels=3, image_size=12)
    names = {type(m).__name__ for m in created.model.modules()}
    assert "Tanh" in names
    assert "ReLU" not in names


def test_samples_of_a_network_without_randomness_are_refused(opened):
    session = opened("noise.passes=4")
    with pytest.raises(RecipeError, match="no layer that samples at random"):
        build_network(session, session.recipe)
