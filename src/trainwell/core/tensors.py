"""Conversions of tensors that several packages need."""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

_FURTHEST = 5.0
_WITH_PARTS = 3  # dimensions


def at_least_float32(x: Tensor) -> Tensor:
    """Return x in float32 or higher: long sums do not fit in 8 bits of precision."""
    return x.to(torch.promote_types(x.dtype, torch.float32))


def class_distributions(
    targets: Tensor, num_classes: int, dtype: torch.dtype = torch.float32
) -> Tensor:
    """Return targets as distributions over the classes, shape (n, num_classes).

    Args:
        targets: Class indices, or distributions already.
        num_classes: Number of classes.
        dtype: Of the result.

    Raises:
        ValueError: If the targets are neither indices nor distributions of that length.
    """
    if targets.ndim == 1 and not targets.is_floating_point():
        return F.one_hot(targets.long(), num_classes).to(dtype)
    if targets.is_floating_point() and targets.shape[1:] == (num_classes,):
        return targets.to(dtype)
    raise ValueError(
        f"`targets` must be class indices or distributions over {num_classes} classes, "
        f"got {targets.dtype} of shape {tuple(targets.shape)}."
    )


def clipped_scores(numbers: Tensor, mean: Tensor, std: Tensor) -> Tensor:
    """Return numbers in standard deviations from their means, at most 5 of them.

    What is further out says no more.

    Example:
        >>> zeros, ones = torch.zeros(2), torch.ones(2)
        >>> clipped_scores(torch.tensor([[2.0, -9.0]]), zeros, ones)
        tensor([[ 2., -5.]])
    """
    return ((numbers - mean) / std).clamp(-_FURTHEST, _FURTHEST)


def in_any_part(logits: Tensor) -> Tensor:
    """Return logits of images from those of their parts: log sum_p exp(logits_p).

    The maximum over the parts, smoothly: one part that shows a class is enough.

    Args:
        logits: Shape (batch, parts, classes); (batch, classes) are left as they are.

    Example:
        >>> in_any_part(torch.tensor([[[0.0, 0.0], [0.0, 90.0]]]))
        tensor([[ 0.6931, 90.0000]])
    """
    return logits.logsumexp(1) if logits.ndim == _WITH_PARTS else logits


def per_channel(values: Sequence[float]) -> Tensor:
    """Return one number per channel as a tensor (1, channels, 1, 1).

    Example:
        >>> per_channel((0.5, 0.25)).shape
        torch.Size([1, 2, 1, 1])
    """
    return torch.tensor(values, dtype=torch.float32)[None, :, None, None]
