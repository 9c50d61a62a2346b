"""Batch norm: forward and backward as in the lectures, both variances, both modes."""

import numpy as np
import pytest
import torch

from trainwell.layers.norm._batch_norm import batch_norm_1d_layer as batch_norm_1d
from trainwell.layers.norm._batch_norm import batch_norm_layer as batch_norm


def forward(x, gamma, beta, eps):
    """The lectures' forward pass over (batch, features)."""
    mu, var = x.mean(0), x.var(0)
    x_hat = (x - mu) / np.sqrt(var + eps)
    return gamma * x_hat + beta, x_hat, var


def backward(dy, x_hat, var, gamma, eps):
    """The lectures' backward pass, collected: through x, var and mu."""
    m = len(dy)
    d_beta, d_gamma = dy.sum(0), (dy * x_hat).sum(0)
    d_hat = dy * gamma
    d_var = (d_hat * x_hat).sum(0) / (-2 * (var + eps))
    d_mu = -d_hat.sum(0) / np.sqrt(var + eps)
    centred = x_hat * np.sqrt(var + eps)
    dx = d_hat / np.sqrt(var + eps) + d_var * 2 * centred / m + d_mu / m
    return dx, d_gamma, d_beta


def batch(seed=0, shape=(6, 3)):
    return np.random.default_rng(seed).normal(2, 3, size=shape)


def test_by_hand():
    # mean 2, biased variance 1, unbiased 2
    layer = batch_norm_1d(1, eps=3.0)
    y = layer(torch.tensor([[1.0], [3.0]]))
    torch.testing.assert_close(y, torch.tensor([[-0.5], [0.5]]))
    torch.testing.assert_close(layer.running_mean, torch.tensor([0.2]))
    torch.testing.assert_close(layer.running_var, torch.tensor([0.9 + 0.1 * 2]))


def test_forward_and_backward_written_out():
    x, dy, eps = batch(), batch(1), 0.1
    gamma, beta = np.array([0.5, 2.0, -1.0]), np.array([1.0, 0.0, 3.0])
    layer = batch_norm_1d(3, eps=eps).double()
    layer.weight.data, layer.bias.data = torch.tensor(gamma), torch.tensor(beta)
    t = torch.tensor(x, requires_grad=True)
    y = layer(t)
    y.backward(torch.tensor(dy))
    expected, x_hat, var = forward(x, gamma, beta, eps)
    dx, d_gamma, d_beta = backward(dy, x_hat, var, gamma, eps)
    np.testing.assert_allclose(y.detach(), expected, rtol=1e-10)
    np.testing.assert_allclose(t.grad, dx, rtol=1e-8, atol=1e-12)
    np.testing.assert_allclose(layer.weight.grad, d_gamma, rtol=1e-10)
    np.testing.assert_allclose(layer.bias.grad, d_beta, rtol=1e-10)


def test_images_are_normalised_per_channel_over_batch_and_positions():
    x = batch(shape=(2, 3, 4, 5))
    y = batch_norm(3, affine=False).double()(torch.tensor(x))
    flat = x.transpose(0, 2, 3, 1).reshape(-1, 3)
    expected = forward(flat, 1, 0, 1e-5)[0].reshape(2, 4, 5, 3).transpose(0, 3, 1, 2)
    np.testing.assert_allclose(y, expected, rtol=1e-9)


def test_the_running_average_is_of_the_unbiased_variance_over_three_steps():
    layer = batch_norm_1d(3, momentum=0.3).double()
    mean, var = np.zeros(3), np.ones(3)
    for seed in range(3):
        x = batch(seed)
        layer(torch.tensor(x))
        mean = 0.7 * mean + 0.3 * x.mean(0)
        var = 0.7 * var + 0.3 * x.var(0, ddof=1)
    np.testing.assert_allclose(layer.running_mean, mean)
    np.testing.assert_allclose(layer.running_var, var)
    x = batch(9)
    expected = (x - mean) / np.sqrt(var + 1e-5)
    y = layer.eval()(torch.tensor(x)).detach()
    np.testing.assert_allclose(y, expected, rtol=1e-9)


def test_the_right_gamma_and_beta_give_the_identity():
    x = torch.tensor(batch())
    layer = batch_norm_1d(3).double()
    layer.weight.data = (x.var(0, correction=0) + layer.eps).sqrt()
    layer.bias.data = x.mean(0)
    torch.testing.assert_close(layer(x).detach(), x)


def test_without_tracking_evaluation_uses_the_batch():
    layer = batch_norm_1d(3, track=False).double()
    x = torch.tensor(batch())
    assert layer.running_mean is None
    torch.testing.assert_close(layer.eval()(x), layer.train()(x))
    tracked = batch_norm_1d(3).double().eval()
    assert not torch.allclose(tracked(x), layer(x))


@pytest.mark.parametrize("build", [batch_norm, batch_norm_1d])
def test_messages(build):
    for arguments, words in [
        ({"num_features": 0}, "`num_features` must be positive"),
        ({"num_features": 2, "eps": 0.0}, "`eps` must be positive"),
        ({"num_features": 2, "momentum": 1.5}, r"`momentum` must be in \[0, 1\]"),
    ]:
        with pytest.raises(ValueError, match=words):
            build(**arguments)
