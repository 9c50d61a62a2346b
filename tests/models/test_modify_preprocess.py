"""A stage in front of a network is one model with it."""

import pytest
import torch
from torch import nn

from trainwell.core.errors import ModelError
from trainwell.layers.stochastic import MCDropout
from trainwell.models import (
    ModelSpec,
    Modification,
    create,
    data_initialised,
    lenet,
    show_images,
)
from trainwell.models._data_init import DataInitialised
from trainwell.models._modify_preprocess import Preprocessed, stage_of

MEAN = Modification("preprocess", "mean_image")
IMAGES = torch.arange(24.0).view(3, 2, 2, 2)


class Asking(DataInitialised):
    """Keeps what it is shown."""

    def init_from_data(self, images, targets=None):
        self.shown = images, targets

    def forward(self, x):
        return x.flatten(1)


@pytest.fixture
def behind():
    """A network that asks for images, behind a stage."""
    spec = ModelSpec("lenet", 8, 2, 2)
    return Preprocessed(stage_of(spec, MEAN), Asking())


def test_the_stage_comes_first(behind):
    behind.init_from_data(IMAGES)
    expected = (IMAGES - IMAGES.mean(0)).flatten(1)
    torch.testing.assert_close(behind(IMAGES), expected)
    assert behind(IMAGES).abs().max() == 8


def test_the_network_is_shown_what_comes_out_of_the_stage(behind):
    targets = torch.tensor([0, 1, 2])
    assert show_images(behind, IMAGES, targets)
    images, labels = behind.network.shown
    torch.testing.assert_close(images, IMAGES - IMAGES.mean(0))
    assert labels is targets


def test_a_network_that_asks_for_nothing_is_left_alone():
    network = lenet(5, in_channels=2, image_size=12)
    model = Preprocessed(stage_of(ModelSpec("lenet", 5, 2, 12), MEAN), network)
    before = {k: v.clone() for k, v in network.state_dict().items()}
    assert show_images(model, torch.randn(6, 2, 12, 12))
    assert all(torch.equal(v, before[k]) for k, v in network.state_dict().items())


def test_both_are_reached_through_passes():
    edits = [
        MEAN,
        Modification("noise", "dropout"),
        Modification("passes", "marginalised"),
    ]
    model = create("lenet", num_classes=5, image_size=12, edits=edits).model
    assert isinstance(model, MCDropout)
    inner = data_initialised(model)
    assert isinstance(inner, Preprocessed)
    assert not inner.stage.get_buffer("mean").any()
    images = torch.randn(6, 3, 12, 12)
    assert show_images(model, images)
    torch.testing.assert_close(inner.stage.get_buffer("mean"), images.mean(0))
    assert data_initialised(MCDropout(model, samples=2)) is inner


def test_what_asks_for_nothing():
    assert data_initialised(nn.Linear(2, 2)) is None
    assert data_initialised(MCDropout(nn.Linear(2, 2), samples=2)) is None
    assert not show_images(nn.Linear(2, 2), IMAGES)


def test_the_stage_is_saved_with_the_weights(behind):
    behind.init_from_data(IMAGES)
    assert any(name.startswith("stage.") for name in behind.state_dict())
    other = Preprocessed(stage_of(ModelSpec("lenet", 8, 2, 2), MEAN), Asking())
    other.load_state_dict(behind.state_dict())
    assert torch.equal(other(IMAGES), behind(IMAGES))


def test_shapes_and_arguments():
    spec = ModelSpec("lenet", 8, 2, 9)
    stage = stage_of(spec, Modification("preprocess", "patch_whiten", {"patch": 5}))
    assert stage.out_channels == 2 * 2 * 25
    with pytest.raises(ModelError, match="preprocess must be one of"):
        stage_of(spec, Modification("preprocess", "zca"))
