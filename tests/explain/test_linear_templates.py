"""The weights of a linear classifier as images."""

import pytest
import torch

from trainwell.core.errors import ModelError
from trainwell.explain import linear_templates
from trainwell.models import softmax


def test_they_are_the_slopes_of_the_answers():
    network = softmax(4, in_channels=3, image_size=(6, 8))
    templates = linear_templates(network, (3, 6, 8))
    x = torch.rand(1, 3, 6, 8)
    slope = torch.autograd.functional.jacobian(network, x)[0, :, 0]
    assert torch.allclose(templates, slope)


def test_other_networks(make):
    with pytest.raises(ModelError, match="3 channels and 9x8 pixels"):
        linear_templates(make("linear"), (3, 9, 8))
    with pytest.raises(ModelError, match="for linear classifiers"):
        linear_templates(make("conv"), (3, 8, 8))
