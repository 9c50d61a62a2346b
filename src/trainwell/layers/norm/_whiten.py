"""Inverse square roots of covariance matrices, and their gradients.

    eigen:   W = U diag(lambda^(-1/2)) U^T    of S = U diag(lambda) U^T
    newton:  T = (3 I - P Y) / 2,  Y <- Y T,  P <- T P,  from Y = S / tr S, P = I;
             W = P / sqrt(tr S)

Use: `inverse_root_eigen` for the exact matrix, `inverse_root_newton` for speed: only
products, at the price of small eigenvalues that are not fully raised.
Side effects: none.
Source: Huang et al., "Decorrelated Batch Normalization", 2018, eq. 4,
https://arxiv.org/abs/1804.08450, and "Iterative Normalization", 2019, algorithm 1,
https://arxiv.org/abs/1904.03441, whose P <- (3 P - P^3 S / tr S) / 2 has the same
iterates in exact arithmetic, but lets rounding errors grow (at 16 channels in float32
from about the ninth step on); the coupled form is stable: Higham, "Functions of
Matrices", 2008, section 6.4. The gradient of the first is by Daleckii and Krein's
divided differences, which stay finite for equal eigenvalues:

    dW = U (K * (U^T dS U)) U^T,    K_ij = -1 / (a_i a_j (a_i + a_j)),  a = sqrt(lambda)
"""

from typing import Literal

import torch
from jaxtyping import Float
from torch import Tensor


def inverse_root_eigen(
    matrices: Float[Tensor, "*groups size size"],
) -> Float[Tensor, "*groups size size"]:
    """Return the inverse square root by eigendecomposition.

    Args:
        matrices: Symmetric, with positive eigenvalues.
    """
    with torch.no_grad():
        values, vectors = torch.linalg.eigh(matrices)
        roots = values.clamp_min(torch.finfo(values.dtype).tiny).sqrt()
        a, b = roots.unsqueeze(-1), roots.unsqueeze(-2)
        slopes = -1 / (a * b * (a + b))
        exact: Tensor = (vectors / b) @ vectors.mT
    linear: Tensor = vectors @ (slopes * (vectors.mT @ matrices @ vectors)) @ vectors.mT
    return exact + (linear - linear.detach())


def inverse_root_newton(
    matrices: Float[Tensor, "*groups size size"], *, steps: int = 5
) -> Float[Tensor, "*groups size size"]:
    """Approximate the inverse square root by Newton's iteration.

    Args:
        matrices: Symmetric, with positive eigenvalues.
        steps: Iterations; an eigenvalue that is a fraction s of the trace is raised
            fully once (3/2)^(2 steps) s exceeds about 1.
    """
    trace = matrices.diagonal(dim1=-2, dim2=-1).sum(-1)[..., None, None]
    scaled = matrices / trace
    size = matrices.shape[-1]
    eye = torch.eye(size, dtype=matrices.dtype, device=matrices.device)
    y, p = scaled, eye.expand_as(matrices)
    for _ in range(steps):
        t = (3 * eye - p @ y) / 2
        y, p = y @ t, t @ p
    return p * trace.rsqrt()


def shrunk(
    covariance: Float[Tensor, "groups size size"], *, shrinkage: float, eps: float
) -> Float[Tensor, "groups size size"]:
    """Move the eigenvalues towards their mean, and add eps."""
    size = covariance.shape[-1]
    mean = covariance.diagonal(dim1=-2, dim2=-1).mean(-1)[:, None, None]
    eye = torch.eye(size, dtype=covariance.dtype, device=covariance.device)
    return (1 - shrinkage) * covariance + (shrinkage * mean + eps) * eye


def whitening_of(
    covariance: Float[Tensor, "groups size size"],
    *,
    method: Literal["eigen", "newton"],
    steps: int,
    shrinkage: float,
    eps: float,
) -> Float[Tensor, "groups size size"]:
    """Return the inverse square root of the shrunken covariance of each group."""
    stable = shrunk(covariance, shrinkage=shrinkage, eps=eps)
    if method == "eigen":
        return inverse_root_eigen(stable)
    return inverse_root_newton(stable, steps=steps)
