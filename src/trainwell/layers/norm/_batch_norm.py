"""Batch normalisation: zero mean and unit variance per channel over the batch.

    y = gamma (x - mu_B) / sqrt(var_B + eps) + beta
    running = (1 - m) running + m batch

mu_B and var_B are over the batch and all positions. The variance is divided by n in the
output and by n - 1 in the running average. In evaluation the running statistics take
their place, unless `track` is off.

Use: by default in convolutional networks trained with 16 or more images per step and
process; with fewer, `group_norm` or `batch_renorm`.
Side effects: allows larger rates and forgives initialisations; makes outputs depend on
the batch in training and differ from evaluation; a bias before it is useless.
Source: Ioffe & Szegedy, "Batch Normalization", 2015, algorithms 1 and 2,
https://arxiv.org/abs/1502.03167. The layers are torch's.
"""

from torch import nn

from trainwell.core import checks


def batch_norm_layer(
    num_features: int,
    *,
    eps: float = 1e-5,
    momentum: float = 0.1,
    affine: bool = True,
    track: bool = True,
) -> nn.BatchNorm2d:
    """Return the layer for images, (batch, channels, height, width).

    Args:
        num_features: Channels.
        eps: Added to the variance.
        momentum: Fraction of the new batch in the running statistics, in [0, 1].
        affine: Learn gamma and beta.
        track: Keep running statistics; otherwise evaluation uses the batch's, too.

    Raises:
        ValueError: If an argument is out of range.
    """
    _check(num_features, eps, momentum)
    return nn.BatchNorm2d(num_features, eps, momentum, affine, track)


def batch_norm_1d_layer(
    num_features: int,
    *,
    eps: float = 1e-5,
    momentum: float = 0.1,
    affine: bool = True,
    track: bool = True,
) -> nn.BatchNorm1d:
    """Return the layer for vectors, (batch, features); see `batch_norm`."""
    _check(num_features, eps, momentum)
    return nn.BatchNorm1d(num_features, eps, momentum, affine, track)


def _check(num_features: int, eps: float, momentum: float) -> None:
    checks.positive("num_features", num_features)
    checks.positive("eps", eps)
    checks.between("momentum", momentum, 0, 1)
