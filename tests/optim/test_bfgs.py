"""BFGS: the update's identities, the exact Hessian of a quadratic, scipy's minimum."""

import numpy as np
import pytest
import scipy.optimize
import torch
from torch import nn

from trainwell.optim import BFGS
from trainwell.optim._bfgs import bfgs_update


def descend(f, start, steps, **options):
    x = nn.Parameter(torch.tensor(start, dtype=torch.float64))
    optimizer = BFGS([x], **options)
    count = [0]

    def closure():
        optimizer.zero_grad()
        count[0] += 1
        loss = f(x)
        loss.backward()
        return loss

    for _ in range(steps):
        optimizer.step(closure)
    return x.detach(), optimizer, count[0]


def test_the_update_is_the_inverse_of_the_direct_one():
    rng = np.random.default_rng(0)
    root = rng.normal(size=(4, 4))
    b, s = root @ root.T + np.eye(4), rng.normal(size=4)
    y = b @ s + 0.3 * s + 0.1 * rng.normal(size=4)
    assert y @ s > 0
    bs = b @ s
    direct = b - np.outer(bs, bs) / (s @ bs) + np.outer(y, y) / (y @ s)
    inverse = bfgs_update(*(torch.from_numpy(v) for v in (np.linalg.inv(b), s, y)))
    np.testing.assert_allclose(inverse.numpy(), np.linalg.inv(direct), rtol=1e-9)
    np.testing.assert_allclose(inverse.numpy() @ y, s, rtol=1e-9)


def test_two_moves_written_out():
    # f = x^2 + 4 y^2; the first direction has length 1, and each first try is accepted
    def f(x):
        return x[0] ** 2 + 4 * x[1] ** 2

    x = np.array([3.0, 1.0])
    gradient = lambda x: np.array([2 * x[0], 8 * x[1]])  # noqa: E731
    value = lambda x: x[0] ** 2 + 4 * x[1] ** 2  # noqa: E731
    h = None
    for _ in range(2):
        g = gradient(x)
        d = -g / max(1, np.linalg.norm(g)) if h is None else -h @ g
        low, high, t = 0.0, np.inf, 1.0
        while True:
            new = x + t * d
            if value(new) > value(x) + 1e-4 * t * (g @ d):
                high = t
            elif gradient(new) @ d < 0.9 * (g @ d):
                low = t
            else:
                break
            t = (low + high) / 2 if high < np.inf else 2 * low
        s, y = new - x, gradient(new) - g
        if h is None:
            h = np.eye(2) * (y @ s) / (y @ y)
        r = 1 / (y @ s)
        left = np.eye(2) - r * np.outer(s, y)
        h = left @ h @ left.T + r * np.outer(s, s)
        x = new
    ours, optimizer, _ = descend(f, [3.0, 1.0], 1, iterations=2)
    np.testing.assert_allclose(ours.numpy(), x, rtol=1e-10)
    np.testing.assert_allclose(optimizer.slots["inverse"].numpy(), h, rtol=1e-10)


def test_learns_the_hessian_of_a_quadratic():
    rng = np.random.default_rng(1)
    root = rng.normal(size=(5, 5))
    a = torch.from_numpy(root @ root.T + np.eye(5))
    x, _, _ = descend(lambda x: x @ a @ x / 2, [1.0, -1, 2, 0.5, 3], 2)
    assert x.abs().max() < 1e-6


def test_finds_the_minimum_that_scipy_finds():
    def rosenbrock(x):
        return ((1 - x[:-1]) ** 2 + 100 * (x[1:] - x[:-1] ** 2) ** 2).sum()

    start = [-1.2, 1.0, 0.8]
    x, _, evaluations = descend(rosenbrock, start, 4)
    result = scipy.optimize.minimize(
        scipy.optimize.rosen, start, jac=scipy.optimize.rosen_der, method="BFGS"
    )
    np.testing.assert_allclose(x.numpy(), result.x, atol=1e-4)
    assert evaluations < 3 * result.nfev


def test_a_search_that_starts_too_short_doubles():
    # x^2 from 100 along -1: slopes 0.99, 0.98, 0.96, 0.92 of the first are too steep
    # at 1, 2, 4, 8; at 16 it is 0.84, below 0.9
    x, _, _ = descend(lambda x: x.square().sum(), [100.0], 1, iterations=1)
    assert x.item() == pytest.approx(84)


def test_a_step_that_leaves_the_domain_is_halved():
    x, _, _ = descend(lambda x: (x - x.log()).sum(), [1e-3], 3)
    assert x.item() == pytest.approx(1, abs=1e-6)


def test_iterations_out_of_range():
    with pytest.raises(ValueError, match="`iterations` must be positive"):
        BFGS([torch.ones(1)], iterations=0)
