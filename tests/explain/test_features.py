"""What the last linear layer reads."""

import pytest
import torch
from torch import nn

from trainwell.core.errors import ModelError
from trainwell.explain import features


def test_the_answer_is_a_linear_map_of_them(make, images):
    for kind in ("conv", "attention"):
        network = make(kind).eval()
        found = features(network, images, chunk=2)
        head = network[10] if kind == "conv" else network.head
        assert torch.allclose(head(found), network(images.clone()), atol=1e-6)


def test_a_layer_is_averaged_over_places(make, images):
    network = make("conv").eval()
    maps = network[:6](images.clone())
    found = features(network, images, layer="5")
    assert torch.allclose(found, maps.mean((2, 3)), atol=1e-6)
    tokens = features(make("attention"), images, layer="norm")
    assert tokens.shape == (5, 8)


def test_none(images):
    with pytest.raises(ModelError, match="no linear layer; give `layer`"):
        features(nn.Conv2d(3, 1, 3), images)
