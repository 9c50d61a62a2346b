"""Batch-instance norm: both ends of rho, the clipping, both modes."""

import numpy as np
import pytest
import torch

from trainwell.layers.norm import BatchInstanceNorm2d
from trainwell.layers.norm._batch_norm import batch_norm_layer as batch_norm
from trainwell.layers.norm._instance_norm import instance_norm_layer as instance_norm


def images(seed=0):
    g = torch.Generator().manual_seed(seed)
    scale = torch.rand(4, 3, 1, 1, generator=g) * 4
    return (torch.randn(4, 3, 5, 2, generator=g) * scale + scale).double()


def test_written_out_definition():
    layer = BatchInstanceNorm2d(3).double()
    rho, gamma, beta = [0.0, 0.3, 1.0], [1.0, 2.0, -1.0], [0.5, 0.0, 3.0]
    for parameter, values in [
        (layer.rho, rho),
        (layer.weight, gamma),
        (layer.bias, beta),
    ]:
        parameter.data = torch.tensor(values, dtype=torch.float64)
    x = images().numpy()
    expected = np.empty_like(x)
    for c in range(3):
        whole = x[:, c]
        by_batch = (whole - whole.mean()) / np.sqrt(whole.var() + 1e-5)
        for n in range(4):
            own = x[n, c]
            by_image = (own - own.mean()) / np.sqrt(own.var() + 1e-5)
            mixed = rho[c] * by_batch[n] + (1 - rho[c]) * by_image
            expected[n, c] = gamma[c] * mixed + beta[c]
    y = layer(images()).detach()
    np.testing.assert_allclose(y, expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(("rho", "limit"), [(1.0, batch_norm), (0.0, instance_norm)])
def test_limits_in_both_modes(rho, limit):
    layer, plain = BatchInstanceNorm2d(3).double(), limit(3).double()
    layer.rho.data.fill_(rho)
    for seed in range(3):
        torch.testing.assert_close(layer(images(seed)), plain(images(seed)))
    x = images(9)
    torch.testing.assert_close(layer.eval()(x), plain.eval()(x))


def test_rho_is_clipped_after_each_step():
    layer = BatchInstanceNorm2d(3)
    optimizer = torch.optim.SGD([layer.rho], lr=1.0)
    layer.rho.grad = torch.tensor([-5.0, 0.4, 3.0])
    optimizer.step()  # 6, 0.6, -2
    x = images().float()
    evaluated = layer.eval()(x)
    layer.train()(x)
    torch.testing.assert_close(layer.rho.data, torch.tensor([1.0, 0.6, 0.0]))
    layer.running_mean.zero_()
    layer.running_var.fill_(1)
    torch.testing.assert_close(layer.eval()(x), evaluated)
    layer.rho.grad = torch.tensor([0.3, 0.0, -0.3])
    optimizer.step()  # from the border, not from where it would have wandered to
    torch.testing.assert_close(layer.rho.data, torch.tensor([0.7, 0.6, 0.3]))


def test_the_gradient_reaches_a_rho_at_the_border_through_two_forwards():
    layer = BatchInstanceNorm2d(3).double()
    layer.rho.data.fill_(2.0)
    (layer(images()) * images(1)).sum().mul(layer(images(2)).sum()).backward()
    layer.rho.grad = None
    ((layer(images()) * images(1)).sum() + (layer(images(2)) ** 3).sum()).backward()
    assert (layer.rho.grad != 0).all()


def test_gradient():
    layer = BatchInstanceNorm2d(2).double()
    layer.rho.data = torch.tensor([0.2, 0.7]).double()
    layer.momentum = 0.0
    x = images()[:2, :2, :2].clone().requires_grad_()
    assert torch.autograd.gradcheck(layer, x)
