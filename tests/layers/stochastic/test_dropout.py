"""Dropout: the lectures' code forward and backward, both conventions, both modes."""

import math

import numpy as np
import pytest
import torch

from trainwell.layers.stochastic._dropout import dropout_layer as dropout


def forward(x, mask, p, *, inverted, train):
    """The lectures' dropout; p is the probability of zeroing."""
    if inverted:
        return x * mask / (1 - p) if train else x
    return x * mask if train else x * (1 - p)


def backward(dy, mask, p, *, inverted):
    return dy * mask / (1 - p) if inverted else dy * mask


def drawn(p, x, seed=0):
    torch.manual_seed(seed)
    return dropout(p=p)(x)


X = np.random.default_rng(0).normal(size=(7, 5))
DY = np.random.default_rng(1).normal(size=(7, 5))


def test_forward_and_backward_written_out():
    p = 0.3
    x = torch.tensor(X, requires_grad=True)
    y = drawn(p, x)
    mask = (y != 0).double().numpy()
    assert 0 < mask.mean() < 1
    expected = forward(X, mask, p, inverted=True, train=True)
    np.testing.assert_allclose(y.detach(), expected)
    y.backward(torch.tensor(DY))
    np.testing.assert_allclose(x.grad, backward(DY, mask, p, inverted=True))
    evaluated = dropout(p=p).eval()(x).detach()
    np.testing.assert_array_equal(
        evaluated, forward(X, mask, p, inverted=True, train=False)
    )


def test_vanilla_is_inverted_times_a_constant_in_both_modes():
    p, mask = 0.3, np.random.default_rng(2).random(X.shape) > 0.3
    for train in (True, False):
        vanilla, inverted = (
            forward(X, mask, p, inverted=i, train=train) for i in (False, True)
        )
        np.testing.assert_allclose(vanilla, (1 - p) * inverted)
    t = torch.tensor(X, requires_grad=True)
    (t * torch.tensor(mask)).backward(torch.tensor(DY))
    np.testing.assert_allclose(t.grad, backward(DY, mask, p, inverted=False))


def test_share_and_mean():
    n, p = 200_000, 0.2
    y = drawn(p, torch.ones(n))
    sigma = math.sqrt(p * (1 - p) / n)
    assert abs((y == 0).float().mean() - p) < 4 * sigma
    assert abs(y.mean() - 1) < 4 * sigma / (1 - p)


def test_limits():
    x = torch.tensor(X)
    assert drawn(0.0, x) is x
    assert not drawn(1.0, x).any()


def test_evaluation_is_the_identical_object():
    x = torch.tensor(X)
    assert dropout(p=0.5).eval()(x) is x


@pytest.mark.parametrize("p", [-0.1, 1.1])
def test_p_out_of_range(p):
    with pytest.raises(ValueError, match=r"`p` must be in \[0, 1\], got"):
        dropout(p=p)
