"""What `check init` measures."""

import pytest
import torch

from trainwell.core.errors import RecipeError
from trainwell.recipes import read_recipe
from trainwell.runs import Quiet
from trainwell.runs.checks._init_subject import _num_images, on_data, on_noise
from trainwell.runs.setup._own_parts import OwnParts


def test_noise_is_standard_normal_and_keyed_by_the_seed():
    recipe = read_recipe(None, ["model=lenet", "data.image_size=28"])
    _, network, images = on_noise(recipe, OwnParts(), Quiet())
    assert images.shape == (256, 3, 28, 28)
    assert abs(float(images.mean())) < 0.01
    assert abs(float(images.std()) - 1) < 0.01
    again = on_noise(recipe, OwnParts(), Quiet())[2]
    assert torch.equal(images, again)
    assert network(images[:2]).shape == (2, 10)


@pytest.mark.parametrize("name", ["lenet", "trainwell.diagnose:six_layers"])
def test_noise_has_the_shape_that_is_asked_for(name):
    recipe = read_recipe({"model": name, "data.image_size": (8, 24)})
    recipe = recipe.model_copy(update={"seed": 1})
    _, network, images = on_noise(recipe, OwnParts(), Quiet())
    assert images.shape[2:] == (8, 24)
    assert network(images[:2]).shape == (2, 10)


def test_fewer_of_larger_images():
    sizes = (32, 64, 128, 1000, (64, 256))
    assert [_num_images(size) for size in sizes] == [256, 256, 64, 16, 64]


def test_what_it_does_not_measure_is_refused():
    with pytest.raises(RecipeError, match="give images with `data`"):
        on_noise(
            read_recipe(None, ["model=lenet", "data.val_share=0.3"]),
            OwnParts(),
            Quiet(),
        )
    with pytest.raises(RecipeError, match="before its first step"):
        on_data(read_recipe(None, ["train.epochs=3"]), OwnParts(), "digits", Quiet())
