"""The task of a recipe: values of classes where the loss is over such."""

import numpy as np
import pytest

from trainwell.core.errors import RecipeError
from trainwell.data import load
from trainwell.recipes import make_task, read_recipe

AGES = {"loss": "label_distribution"}


def of_classes(classes):
    """Return splits of images of these classes."""
    images = np.random.default_rng(0).integers(0, 256, (60, 8, 8, 1), np.uint8)
    return load((images, np.array([classes[i % len(classes)] for i in range(60)])))


@pytest.mark.parametrize(
    ("tree", "classes", "values"),
    [
        ({}, ("20", "25"), None),
        (AGES, ("20", "25"), (20.0, 25.0)),
        (AGES, ("25", "old"), None),
        (AGES | {"loss.values": [1, 9]}, ("old", "young"), (1.0, 9.0)),
    ],
)
def test_classes_have_values_where_the_loss_is_over_them(tree, classes, values):
    task = make_task(read_recipe(tree), of_classes(classes))
    assert (task.labels, task.class_values) == (classes, values)


def test_other_numbers_of_values_than_of_classes():
    recipe = read_recipe(AGES | {"loss.values": [1, 9]})
    with pytest.raises(RecipeError, match="`loss.values` must be 3, one for each of"):
        make_task(recipe, of_classes(("a", "b", "c")))


def test_parts_are_for_labels():
    recipe = read_recipe({"transfer.depths": "parts", "model.pretrained": "w"})
    with pytest.raises(RecipeError, match="is for labels, and the task is class.*=all"):
        make_task(recipe, of_classes(("a", "b", "c")))
