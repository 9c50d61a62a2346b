"""Inverse square roots: exact, iterated, and with finite gradients."""

import numpy as np
import pytest
import scipy.linalg
import torch

from trainwell.layers.norm._whiten import (
    inverse_root_eigen,
    inverse_root_newton,
    shrunk,
)


def covariances(groups=3, size=4, samples=40, seed=0):
    g = torch.Generator().manual_seed(seed)
    x = torch.randn(groups, size, samples, generator=g, dtype=torch.float64)
    return x @ x.mT / samples


def test_by_hand():
    s = torch.tensor([[[5.0, 4.0], [4.0, 5.0]]])  # eigenvalues 9 and 1
    expected = torch.tensor([[[2.0, -1.0], [-1.0, 2.0]]]) / 3
    torch.testing.assert_close(inverse_root_eigen(s), expected)
    torch.testing.assert_close(inverse_root_newton(s, steps=15), expected)


def test_agrees_with_scipy():
    s = covariances()
    for matrix, root in zip(s, inverse_root_eigen(s), strict=True):
        expected = np.linalg.inv(scipy.linalg.sqrtm(matrix.numpy()))
        np.testing.assert_allclose(root, expected, rtol=1e-9, atol=1e-12)


def test_newton_written_out():
    s = covariances(groups=1)
    matrix = s[0].numpy()
    trace = np.trace(matrix)
    p = np.eye(4)
    for _ in range(3):
        p = 0.5 * (3 * p - np.linalg.matrix_power(p, 3) @ matrix / trace)
    root = inverse_root_newton(s, steps=3)[0]
    np.testing.assert_allclose(root, p / np.sqrt(trace), rtol=1e-12)


def test_newton_converges_to_the_exact_root():
    s = covariances()
    torch.testing.assert_close(inverse_root_newton(s, steps=12), inverse_root_eigen(s))


def ill_conditioned(channels=16):
    """Return a covariance with a condition number of about 2,000."""
    g = torch.Generator().manual_seed(0)
    mix = torch.randn(channels, channels, generator=g)
    x = torch.randn(256, channels, generator=g) @ mix
    return shrunk((x.T @ x / 256)[None], shrinkage=1e-3, eps=1e-5)


def error_of(root, matrices):
    root = root.double()
    whitened = root @ matrices.double() @ root
    return (whitened - torch.eye(matrices.shape[-1])).abs().max().item()


@pytest.mark.parametrize("steps", [5, 9, 10, 12, 15, 20, 30])
def test_newton_is_stable_in_float32_at_any_number_of_steps(steps):
    s = ill_conditioned()
    found = error_of(inverse_root_newton(s, steps=steps), s)
    exact = error_of(inverse_root_newton(s.double(), steps=steps), s)
    assert found <= exact + 1e-4
    assert steps < 15 or found < 1e-4


def test_what_five_steps_leave_is_what_the_card_says():
    """The variance that a direction has afterwards, by its share of the trace."""
    for share, left in ((1 / 16, 0.97), (0.01, 0.43), (0.001, 0.06)):
        s = torch.diag(torch.tensor([1 - share, share])).double()[None]
        root = inverse_root_newton(s, steps=5)[0]
        variance = (root @ s[0] @ root)[1, 1].item()
        assert abs(variance - left) < 0.005
    assert abs(error_of(inverse_root_newton(ill_conditioned()), ill_conditioned())
               - 0.5) < 0.1  # fmt: skip


@pytest.mark.parametrize("root", [inverse_root_eigen, inverse_root_newton])
def test_gradient(root):
    s = covariances(groups=2, size=3).requires_grad_()
    assert torch.autograd.gradcheck(lambda m: root((m + m.mT) / 2), s)


def test_the_gradient_is_finite_for_equal_eigenvalues():
    s = torch.eye(3, dtype=torch.float64)[None] * 4
    s.requires_grad_()
    weights = covariances(groups=1, size=3)
    (inverse_root_eigen(s) * weights).sum().backward()
    # d (x^(-1/2)) = -x^(-3/2) / 2 at x = 4, in every direction
    torch.testing.assert_close(s.grad, -weights / 16)
