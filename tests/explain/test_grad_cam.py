"""Grad-CAM against its definition in loops."""

import torch
import torch.nn.functional as F
from numpy.testing import assert_allclose
from torch import nn

from trainwell.explain import grad_cam


def test_it_is_the_definition_in_loops(make, images):
    network, x = make("conv").double().eval(), images.double()
    found = grad_cam(network, x, 1, layer="5", chunk=2)
    below, above = network[:6], network[6:]
    for image, shown in zip(x, found, strict=True):
        maps = below(image[None].clone()).detach().requires_grad_()
        (slopes,) = torch.autograd.grad(above(maps.clone())[0, 1], maps)
        total = torch.zeros(4, 4, dtype=torch.float64)
        for k in range(8):
            total += slopes[0, k].sum() / 16 * maps[0, k].detach()
        expected = F.interpolate(total.relu()[None, None], (8, 8), mode="bilinear")
        assert_allclose(shown, expected[0, 0], atol=1e-12)


def test_tokens_are_laid_out_without_the_one_of_the_class(make, images):
    network = make("attention").eval()
    found = grad_cam(network, images, 0, layer="norm")
    kept = []
    handle = network.norm.register_forward_hook(lambda m, i, o: kept.append(o))
    score = network(images)[:, 0].sum()
    handle.remove()
    (slopes,) = torch.autograd.grad(score, kept[0])
    tokens, slopes = kept[0][:, 1:], slopes[:, 1:]
    total = (slopes.mean(1, keepdim=True) * tokens).sum(2).relu().reshape(5, 1, 2, 2)
    expected = F.interpolate(total, (8, 8), mode="bilinear")[:, 0]
    assert_allclose(found, expected.detach(), atol=1e-7)


def test_absolute_shows_both_signs(make, images):
    network = make("conv")
    plain, both = (grad_cam(network, images, 0, absolute=a) for a in (False, True))
    negative = grad_cam(network, images, lambda y: -y[:, 0])
    # interpolation of the parts adds up to that of the whole
    assert_allclose(both, plain + negative, atol=1e-6)
    assert (both >= 0).all()


def test_a_module_is_as_good_as_its_name(make, images):
    network = make("conv")
    assert torch.equal(
        grad_cam(network, images, layer=network[5]),
        grad_cam(network, images, layer="5"),
    )


def test_several_outputs_of_a_layer(make, images):
    class Pair(nn.Module):
        def forward(self, x):
            return x * 2, None

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.pair = Pair()

        def forward(self, x):
            return self.pair(x)[0].mean((2, 3))

    assert grad_cam(Net(), images, layer="pair").shape == (5, 8, 8)
