"""The weights of the first convolution."""

import pytest
import torch

from trainwell.core.errors import ModelError
from trainwell.explain import first_layer_filters


@pytest.mark.parametrize(("kind", "layer"), [("conv", "1"), ("attention", "patches")])
def test_filters(make, kind, layer):
    network = make(kind)
    found = first_layer_filters(network)
    weights = network.get_submodule(layer).weight
    assert torch.equal(found, weights)
    found.zero_()
    assert weights.any()  # a copy


def test_none(make):
    with pytest.raises(ModelError, match="no convolution"):
        first_layer_filters(make("linear"))
