"""Decorrelated norm: white outputs, its limit batch norm, small batches, evaluation."""

import jaxtyping
import numpy as np
import pytest
import torch

from trainwell.layers.norm import DecorrelatedBatchNorm2d
from trainwell.layers.norm._batch_norm import batch_norm_1d_layer as batch_norm_1d
from trainwell.layers.norm._whiten import shrunk


def vectors(n=64, channels=4, seed=0):
    g = torch.Generator().manual_seed(seed)
    mix = torch.randn(channels, channels, generator=g, dtype=torch.float64)
    x = torch.randn(n, channels, generator=g, dtype=torch.float64)
    return x @ mix + torch.arange(channels)


def exact(channels, **arguments):
    options = {"method": "eigen", "shrinkage": 0.0, "eps": 1e-9, **arguments}
    return DecorrelatedBatchNorm2d(channels, **options).double()


def covariance(y):
    return torch.cov(y.detach().T, correction=0)


def test_outputs_are_white_and_centred():
    y = exact(4)(vectors())
    torch.testing.assert_close(covariance(y), torch.eye(4).double(), atol=1e-6, rtol=0)
    torch.testing.assert_close(y.mean(0), torch.zeros(4).double())


def test_written_out_definition():
    layer = exact(4, eps=0.1, shrinkage=0.2, group_size=2)
    layer.weight.data = torch.tensor([1.0, 2.0, 3.0, 4.0]).double()
    layer.bias.data = torch.tensor([0.0, 1.0, 0.0, -1.0]).double()
    x = vectors(8).numpy()
    expected = np.empty_like(x)
    for g in range(2):
        part = x[:, 2 * g : 2 * g + 2] - x[:, 2 * g : 2 * g + 2].mean(0)
        s = part.T @ part / 8
        s = 0.8 * s + (0.2 * np.trace(s) / 2 + 0.1) * np.eye(2)
        values, vectors_ = np.linalg.eigh(s)
        w = vectors_ @ np.diag(values**-0.5) @ vectors_.T
        expected[:, 2 * g : 2 * g + 2] = part @ w
    expected = expected * [1, 2, 3, 4] + [0, 1, 0, -1]
    y = layer(torch.tensor(x)).detach()
    np.testing.assert_allclose(y, expected, rtol=1e-9, atol=1e-12)


def test_images_are_their_positions():
    layer = exact(4)
    x = vectors(60)
    maps = x.view(5, 12, 4).transpose(1, 2).reshape(5, 4, 3, 4)
    y = layer(maps)
    assert y.shape == maps.shape
    flat = y.flatten(2).transpose(1, 2).reshape(60, 4)
    torch.testing.assert_close(flat, exact(4)(x))


def test_groups_of_one_are_batch_norm():
    layer, plain = exact(4, group_size=1, eps=1e-5), batch_norm_1d(4).double()
    torch.testing.assert_close(layer(vectors()), plain(vectors()))
    torch.testing.assert_close(layer.running_mean, plain.running_mean)


def test_the_group_divides_the_channels():
    assert DecorrelatedBatchNorm2d(24).group_size == 12
    assert DecorrelatedBatchNorm2d(64).running_whitening.shape == (4, 16, 16)


def test_newton_whitens_nearly():
    x = vectors(500) @ torch.linalg.inv(torch.linalg.cholesky(covariance(vectors(500)))).mT  # fmt: skip
    x = x * torch.tensor([1.0, 2.0, 3.0, 2.0])
    c = covariance(DecorrelatedBatchNorm2d(4, steps=7).double()(x))
    torch.testing.assert_close(c, torch.eye(4).double(), atol=0.02, rtol=0)


def test_evaluation_uses_the_running_matrix():
    layer = exact(4, momentum=0.25)
    mean, matrix = torch.zeros(4).double(), torch.eye(4).double()
    for seed in range(3):
        x = vectors(seed=seed)
        layer(x)
        values, basis = torch.linalg.eigh(covariance(x))
        root = basis @ torch.diag(values.rsqrt()) @ basis.T
        mean = 0.75 * mean + 0.25 * x.mean(0)
        matrix = 0.75 * matrix + 0.25 * root
    torch.testing.assert_close(layer.running_whitening[0], matrix, rtol=1e-6, atol=1e-6)
    x = vectors(seed=9)
    y = layer.eval()(x)
    torch.testing.assert_close(y, (x - mean) @ matrix, rtol=1e-6, atol=1e-6)
    torch.testing.assert_close(layer(x[:1]), y[:1])
    assert layer.num_batches_tracked == 3


@pytest.mark.parametrize("method", ["eigen", "newton"])
@pytest.mark.parametrize("n", [2, 4])
def test_small_batches_are_stable(method, n):
    """Fewer samples than channels: the covariance is singular, ours is not."""
    layer = DecorrelatedBatchNorm2d(16, method=method)
    x = vectors(n, 16).float().requires_grad_()
    y = layer(x)
    (y * vectors(n, 16, seed=1).float()).sum().backward()
    assert y.abs().max() < 10
    assert x.grad.isfinite().all()
    assert x.grad.abs().max() < 1e3


def test_the_condition_number_is_bounded():
    x = vectors(3, 16)
    singular = covariance(x)[None]
    assert torch.linalg.cond(singular[0]) > 1e12
    stable = shrunk(singular, shrinkage=1e-3, eps=1e-5)[0]
    assert torch.linalg.cond(stable) <= 16 / 1e-3


@pytest.mark.parametrize("method", ["eigen", "newton"])
def test_gradient(method):
    layer = exact(3, method=method, momentum=0.0)
    x = vectors(6, 3).requires_grad_()
    assert torch.autograd.gradcheck(layer, x)


def test_messages(monkeypatch):
    monkeypatch.setattr(jaxtyping.config, "jaxtyping_disable", True)
    with pytest.raises(ValueError, match="`method` must be one of eigen, newton"):
        DecorrelatedBatchNorm2d(4, method="eigne")
    with pytest.raises(ValueError, match=r"`shrinkage` must be in \[0, 1\], got 2"):
        DecorrelatedBatchNorm2d(4, shrinkage=2.0)
