"""The steepest slope over the channels."""

import torch
from numpy.testing import assert_allclose

from trainwell.explain import saliency


def test_of_a_linear_network_it_is_the_largest_weight(make, images):
    network = make("linear")
    weights = network[1].weight.detach()[2].reshape(3, 8, 8)
    maps = saliency(network, images, 2)
    for found in maps:
        assert torch.equal(found, weights.abs().amax(0))


def test_it_is_the_limit_of_differences(make, images):
    network, x = make("conv").double().eval(), images[:1].double()
    (found,) = saliency(network, x, 1)
    expected = torch.zeros(8, 8, dtype=torch.float64)
    eps = 1e-6
    for c in range(3):
        for i in range(8):
            for j in range(8):
                e = torch.zeros_like(x)
                e[0, c, i, j] = eps
                with torch.no_grad():
                    slope = (network(x + e) - network(x - e))[0, 1] / (2 * eps)
                expected[i, j] = max(expected[i, j], slope.abs())
    # the first layer is a ReLU in place: its input is copied above by the sums
    assert_allclose(found, expected, atol=1e-7)


def test_chunks_change_nothing(make, images):
    network = make("attention")
    whole = saliency(network, images, chunk=5)
    assert_allclose(saliency(network, images, chunk=2), whole, atol=1e-6)
