"""The mean gradient over noise that is the same for every image."""

import pytest
import torch
from numpy.testing import assert_allclose

from trainwell.explain import saliency, smooth_grad
from trainwell.explain._scores import input_gradient


def test_it_is_the_mean_written_out(make, images):
    network = make("conv").double().eval()
    x, target = images.double(), [0, 1, 2, 0, 1]
    noise = torch.randn(4, 3, 8, 8, generator=torch.Generator().manual_seed(7)).double()
    found = smooth_grad(network, x, target, samples=4, noise=0.3, seed=7, chunk=2)
    for i in range(5):
        sigma = 0.3 * (x[i].max() - x[i].min())
        slopes = [
            input_gradient(network, (x[i] + sigma * e)[None], target[i]) for e in noise
        ]
        expected = torch.stack(slopes).mean(0)[0].abs().amax(0)
        assert_allclose(found[i], expected, atol=1e-12)


def test_no_noise_is_saliency(make, images):
    network = make("conv")
    found = smooth_grad(network, images, samples=2, noise=0.0)
    assert_allclose(found, saliency(network, images), atol=1e-7)


def test_the_seed_decides(make, images):
    network = make("conv")
    one, same = (smooth_grad(network, images, seed=1) for _ in range(2))
    assert torch.equal(one, same)
    assert not torch.equal(one, smooth_grad(network, images, seed=2))


@pytest.mark.parametrize("wrong", [{"samples": 0}, {"noise": -0.1}])
def test_errors(make, images, wrong):
    with pytest.raises(ValueError, match=f"`{next(iter(wrong))}` must be"):
        smooth_grad(make("conv"), images, **wrong)
