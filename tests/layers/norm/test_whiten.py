"""Inverse square roots: exact, iterated, and with finite gradients."""

import numpy as np
import pytest
import scipy.linalg
import torch

from trainwell.layers.norm._whiten import inverse_root_eigen, inverse_root_newton


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
