"""Batch renorm: the ramp, the clipping, no gradient through r and d, evaluation."""

import numpy as np
import pytest
import torch

from trainwell.layers.norm import BatchRenorm2d
from trainwell.layers.norm._batch_norm import batch_norm_layer as batch_norm
from trainwell.layers.norm._batch_renorm import corrections


def images(seed=0):
    g = torch.Generator().manual_seed(seed)
    return (torch.randn(4, 3, 5, 2, generator=g) * 2 + 1).double()


def scrambled(**arguments):
    layer = BatchRenorm2d(3, **arguments).double()
    layer.weight.data = torch.tensor([1.0, 2.0, -1.0]).double()
    layer.bias.data = torch.tensor([0.5, 0.0, 3.0]).double()
    layer.running_mean += torch.tensor([0.0, 1.0, 30.0])
    layer.running_var *= torch.tensor([1.0, 0.01, 400.0])
    return layer


def test_by_hand():
    r, d = corrections(
        torch.tensor([4.0, 0.0, 0.0]),
        torch.tensor([1.0, 1.0, 1.0]),
        torch.tensor([0.0, 1.0, 0.0]),
        torch.tensor([2.0, 0.1, 10.0]),
        max_r=torch.tensor(3.0),
        max_d=torch.tensor(5.0),
    )
    torch.testing.assert_close(r, torch.tensor([0.5, 3.0, 1 / 3]))
    torch.testing.assert_close(d, torch.tensor([2.0, -5.0, 0.0]))


def test_written_out_definition():
    layer = scrambled(max_r=2.0, max_d=0.7, warmup_steps=0, r_steps=10, d_steps=4)
    layer.num_batches_tracked.fill_(3)
    max_r, max_d = 1 + 0.3, 0.75 * 0.7
    x = images().numpy()
    expected = np.empty_like(x)
    mean, var = layer.running_mean.numpy().copy(), layer.running_var.numpy().copy()
    for c in range(3):
        mu, sigma = x[:, c].mean(), np.sqrt(x[:, c].var() + 1e-5)
        running = np.sqrt(var[c] + 1e-5)
        r = np.clip(sigma / running, 1 / max_r, max_r)
        d = np.clip((mu - mean[c]) / running, -max_d, max_d)
        hat = (x[:, c] - mu) / sigma * r + d
        expected[:, c] = [1.0, 2.0, -1.0][c] * hat + [0.5, 0.0, 3.0][c]
    y = layer(torch.tensor(x)).detach()
    np.testing.assert_allclose(y, expected, rtol=1e-9)
    np.testing.assert_allclose(
        layer.running_mean, 0.99 * mean + 0.01 * x.mean((0, 2, 3))
    )
    np.testing.assert_allclose(
        layer.running_var, 0.99 * var + 0.01 * x.var((0, 2, 3), ddof=1)
    )
    assert layer.num_batches_tracked == 4


@pytest.mark.parametrize(
    ("step", "r", "d"),
    [
        (0, 1, 0),
        (5_000, 1, 0),
        (15_000, 1 + 2 * 10 / 35, 2.5),
        (25_000, 1 + 2 * 20 / 35, 5),
        (40_000, 3, 5),
        (90_000, 3, 5),
    ],
)
def test_the_limits_follow_the_paper(step, r, d):
    layer = BatchRenorm2d(1)
    layer.num_batches_tracked.fill_(step)
    torch.testing.assert_close(layer.limits(), (torch.tensor(r).float(), torch.tensor(d).float()))  # fmt: skip


def test_in_the_warm_up_it_is_batch_norm():
    ours, plain = BatchRenorm2d(3, momentum=0.1).double(), batch_norm(3).double()
    for seed in range(3):
        torch.testing.assert_close(ours(images(seed)), plain(images(seed)))
    assert ours.state_dict().keys() == plain.state_dict().keys()
    torch.testing.assert_close(ours.running_var, plain.running_var)


def test_without_clipping_training_is_evaluation():
    layer = scrambled(max_r=1e6, max_d=1e6, warmup_steps=0, r_steps=0, d_steps=0)
    layer.num_batches_tracked.fill_(1)
    expected = layer.eval()(images())
    torch.testing.assert_close(layer.train()(images()), expected)


def test_r_and_d_carry_no_gradient():
    layer = scrambled(warmup_steps=0, r_steps=0, d_steps=0)
    layer.num_batches_tracked.fill_(1)
    x = images().requires_grad_()
    with torch.no_grad():
        sigma = (x.var((0, 2, 3), correction=0) + 1e-5).sqrt()
        r, d = corrections(
            x.mean((0, 2, 3)),
            sigma,
            layer.running_mean,
            (layer.running_var + 1e-5).sqrt(),
            max_r=torch.tensor(3.0).double(),
            max_d=torch.tensor(5.0).double(),
        )
    var, mu = torch.var_mean(x, (0, 2, 3), correction=0)
    shape = (3, 1, 1)
    hat = (x - mu.view(shape)) / (var + 1e-5).sqrt().view(shape)
    y = (hat * r.view(shape) + d.view(shape)) * layer.weight.view(shape)
    weights = images(1)
    (expected,) = torch.autograd.grad((y * weights).sum(), x)
    (actual,) = torch.autograd.grad((layer(x) * weights).sum(), x)
    torch.testing.assert_close(actual, expected)


def test_messages():
    with pytest.raises(ValueError, match=r"`max_r` must be in \[1, inf\], got 0.5"):
        BatchRenorm2d(3, max_r=0.5)
    with pytest.raises(ValueError, match=r"`d_steps` must be in \[0, inf\], got -1"):
        BatchRenorm2d(3, d_steps=-1)
