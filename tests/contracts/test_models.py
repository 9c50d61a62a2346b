"""What every one of our models must do."""

import inspect

import pytest
import torch
from safetensors.torch import load, save
from torch import nn

from trainwell import models
from trainwell.models._catalogue import CATALOGUE

SMALLER = {
    224: 64,
    240: 64,
    260: 64,
    32: 16,
    28: 28,
}  # pixels, to save time where size is not the point


@pytest.fixture(params=models.names(), scope="module")
def name(request):
    return request.param


@pytest.fixture(scope="module")
def created(name):
    """A small model that has seen the data it may want to see; shared by the tests."""
    torch.manual_seed(0)
    size = SMALLER[CATALOGUE[name].image_size]
    created = models.create(name, num_classes=7, image_size=size)
    models.show_images(created.model, images(created, 16), torch.arange(16) % 7)
    return created


def images(created, batch=2):
    spec = created.spec
    g = torch.Generator().manual_seed(1)
    shape = (batch, spec.in_channels, spec.image_size, spec.image_size)
    return torch.randn(shape, generator=g)


def test_the_catalogue_lists_every_public_factory():
    public = {
        name
        for name, value in vars(models).items()
        if inspect.isfunction(value)
        and "num_classes" in inspect.signature(value).parameters
        and name != "create"
    }
    assert public == set(models.names())


@pytest.mark.parametrize("channels", [1, 3, 5])
def test_shape_at_the_usual_size(name, channels):
    with torch.device("meta"):
        created = models.create(name, num_classes=7, in_channels=channels)
        assert created.model(images(created).to("meta")).shape == (2, 7)


def test_one_image_in_evaluation_is_that_of_a_batch(created):
    model, batch = created.model.eval(), images(created)
    outputs = model(batch)
    assert torch.equal(model(batch), outputs)
    alone = model(batch[:1]) - outputs[:1]
    assert alone.abs().max() <= 1e-3 * outputs.abs().max()  # float32, 200 layers


def test_weights_survive_a_file_and_the_specification_rebuilds(created):
    content = save(created.model.state_dict())
    rebuilt = models.build(created.spec)
    rebuilt.load_state_dict(load(content))
    batch = images(created)
    assert torch.equal(rebuilt.eval()(batch), created.model.eval()(batch))


def test_gradients_reach_every_parameter(created):
    outputs = created.model.train()(images(created))
    nn.functional.cross_entropy(outputs, torch.tensor([0, 3])).backward()
    untouched = [
        parameter_name
        for parameter_name, parameter in created.model.named_parameters()
        if parameter.requires_grad
        and (parameter.grad is None or not parameter.grad.any())
    ]
    assert untouched == []
