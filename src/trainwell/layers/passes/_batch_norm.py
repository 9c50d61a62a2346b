"""Batch normalisation in NumPy, forward and backward, node by node.

    mu = mean_i x_i,   v = mean_i (x_i - mu)^2,   s = sqrt(v + eps)
    x_hat = (x - mu) / s,    y = gamma x_hat + beta

    dL/dgamma = sum_i dy_i x_hat_i        (of the normalised input, not of x)
    dL/dbeta  = sum_i dy_i
    dL/dx     = gamma / s (dy - mean dy - x_hat mean(dy x_hat))

Use: to read, and to check other code against; `layers.norm` has the fast ones.
Side effects: none.
Source: Ioffe & Szegedy, "Batch Normalization", 2015, section 3, algorithm 1,
https://arxiv.org/abs/1502.03167
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


class BatchNormCache(NamedTuple):
    """What the backward pass needs of the forward pass."""

    x_hat: Floats
    deviation: Floats
    gamma: Floats


def batch_norm_forward(
    x: Floats, gamma: Floats, beta: Floats, *, eps: float = 1e-5
) -> tuple[Floats, BatchNormCache]:
    """Return the outputs of a batch in training, and what its gradients need.

    Args:
        x: Inputs, shape (n, features).
        gamma: Scale of each feature.
        beta: Shift of each feature.
        eps: Added to the variance.

    Example:
        >>> x = np.array([[1.0], [3.0]])
        >>> y, _ = batch_norm_forward(x, np.array([2.0]), np.array([0.5]), eps=0.0)
        >>> y.tolist()
        [[-1.5], [2.5]]
    """
    mean = x.mean(0)
    centred = x - mean
    variance = (centred**2).mean(0)
    deviation = np.sqrt(variance + eps)
    x_hat = centred / deviation
    return gamma * x_hat + beta, BatchNormCache(x_hat, deviation, gamma)


def batch_norm_backward(
    dy: Floats, cache: BatchNormCache
) -> tuple[Floats, Floats, Floats]:
    """Return the gradients of inputs, gamma and beta, given that of the outputs.

    Args:
        dy: Gradient of the loss by the outputs, shape (n, features).
        cache: From `batch_norm_forward`.

    Example:
        >>> x = np.array([[1.0], [3.0]])
        >>> _, cache = batch_norm_forward(x, np.array([2.0]), np.array([0.5]), eps=0.0)
        >>> dx, dgamma, dbeta = batch_norm_backward(np.array([[1.0], [0.0]]), cache)
        >>> dgamma.tolist(), dbeta.tolist()
        ([-1.0], [1.0])
    """
    x_hat, deviation, gamma = cache
    dbeta = dy.sum(0)
    dgamma = (dy * x_hat).sum(0)
    straight = dy
    by_mean = dy.mean(0)
    by_variance = x_hat * (dy * x_hat).mean(0)
    dx = gamma / deviation * (straight - by_mean - by_variance)
    return dx, dgamma, dbeta
