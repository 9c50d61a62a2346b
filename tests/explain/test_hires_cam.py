"""HiResCAM against its definition, and where Grad-CAM sees nothing."""

import torch
import torch.nn.functional as F
from numpy.testing import assert_allclose
from torch import nn

from trainwell.explain import grad_cam, hires_cam
from trainwell.layers.heatmaps import SoftArgmax


def test_it_is_the_definition(make, images):
    network, x = make("conv").double().eval(), images.double()
    found = hires_cam(network, x, 2, layer="5", chunk=2)
    maps = network[:6](x.clone()).detach().requires_grad_()
    (slopes,) = torch.autograd.grad(network[6:](maps.clone())[:, 2].sum(), maps)
    total = (slopes * maps.detach()).sum(1, keepdim=True).relu()
    expected = F.interpolate(total, (8, 8), mode="bilinear")[:, 0]
    assert_allclose(found, expected, atol=1e-12)


def test_before_a_mean_over_places_it_is_grad_cam(make, images):
    network = make("conv")
    a, b = (cam(network, images, 1, layer="7") for cam in (grad_cam, hires_cam))
    assert_allclose(a, b, atol=1e-7)


def test_points_of_a_soft_argmax(images):
    class Points(nn.Module):
        def __init__(self):
            super().__init__()
            self.maps, self.answer = nn.Conv2d(3, 1, 3, padding=1), SoftArgmax()

        def forward(self, x):
            return self.answer(self.maps(x)).flatten(1)

    torch.manual_seed(0)
    network = Points()
    plain = grad_cam(network, images, 0, layer="maps", absolute=True)
    sharp = hires_cam(network, images, 0, layer="maps", absolute=True)
    assert plain.max() < 1e-6  # slopes over the places of a map sum to nothing
    assert sharp.max() > 1e-3
