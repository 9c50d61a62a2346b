"""Contributions that add up."""

import pytest
import torch
from numpy.testing import assert_allclose
from torch import nn

from trainwell.explain import integrated_gradients


def test_of_a_linear_network_it_is_weight_times_change(make, images):
    network = make("linear").double()
    weights = network[1].weight.detach()[1].reshape(3, 8, 8)
    found = integrated_gradients(network, images.double(), 1, baseline=0.25, steps=1)
    expected = (weights * (images.double() - 0.25)).sum(1)
    assert_allclose(found, expected, atol=1e-12)


class Cube(nn.Module):
    """s = sum of x^3: by hand, the contribution of a pixel is x^3."""

    def forward(self, x):
        return x.pow(3).flatten(1).sum(1, keepdim=True)


def test_a_polynomial_by_hand(images):
    x = images.double()
    found = integrated_gradients(Cube(), x, 0, steps=2)  # exact to degree 3
    assert_allclose(found, x.pow(3).sum(1), atol=1e-12)
    assert not torch.allclose(
        integrated_gradients(Cube(), x, 0, steps=1), x.pow(3).sum(1)
    )


@pytest.mark.parametrize("kind", ["conv", "attention"])
def test_maps_sum_to_the_difference_of_scores(make, images, kind):
    network = make(kind).double().eval()
    x, baseline = images.double(), torch.full((3, 8, 8), 0.1).double()
    target = network(x.clone()).argmax(1)
    maps = integrated_gradients(network, x, baseline=baseline, steps=200)
    after = network(x.clone()).gather(1, target[:, None])[:, 0]
    before = network(baseline[None].clone())[0, target]
    # kinks of ReLU and max-pooling leave an error that falls with the steps
    assert_allclose(maps.sum((1, 2)), (after - before).detach(), atol=2e-3)


def test_steps_must_be_positive(make, images):
    with pytest.raises(ValueError, match="`steps` must be positive"):
        integrated_gradients(make("conv"), images, steps=0)
