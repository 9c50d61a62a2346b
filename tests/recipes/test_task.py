"""The task of a recipe: values of classes where the loss is over such."""

import numpy as np
import pytest
from PIL import Image

from trainwell.core.errors import RecipeError
from trainwell.data import Reading, load
from trainwell.recipes import make_task, read_recipe
from trainwell.tasks import readers

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


@pytest.fixture
def points(tmp_path):
    """Splits of images of two points."""
    generator, rows = np.random.default_rng(0), ["path,a_x,a_y,b_x,b_y"]
    for i in range(20):
        pixels = generator.integers(0, 256, (8, 8), np.uint8)
        Image.fromarray(pixels).save(tmp_path / f"{i}.png")
        rows.append(f"{i}.png,1,2,{i / 4},5")
    (tmp_path / "t.csv").write_text("\n".join(rows))
    return load(tmp_path / "t.csv", reading=Reading(readers=readers()))


def test_a_head_of_heat_maps_is_for_points(points):
    for head in ("soft_argmax", "heatmap"):
        recipe = read_recipe(None, [f"model.head={head}"])
        assert make_task(recipe, points).head == head
        with pytest.raises(RecipeError, match=f"`model.head`={head} does not fit the"):
            make_task(recipe, of_classes(("a", "b")))
    assert make_task(read_recipe(None), points).head == "linear"


@pytest.mark.parametrize(
    ("head", "loss", "takes"),
    [
        ("heatmap", "wing", "with model.head=heatmap; it takes adaptive_wing, l2."),
        ("soft_argmax", "adaptive_wing", "with model.head=soft_argmax; it takes l1, "),
        ("linear", "adaptive_wing", "the task keypoints; it takes l1, smooth_l1, "),
    ],
)
def test_losses_that_do_not_fit_a_head(head, loss, takes, points):
    recipe = read_recipe(None, [f"model.head={head}", f"loss={loss}"])
    with pytest.raises(RecipeError, match=takes):
        make_task(recipe, points)
