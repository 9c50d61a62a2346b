"""Targets: class indices and distributions, as distributions.

Source: definition.
"""

import torch.nn.functional as F
from torch import Tensor


def distributions(targets: Tensor, num_classes: int) -> Tensor:
    """Return distributions over the classes, float32, shape (n, num_classes).

    Raises:
        ValueError: If the targets are neither indices nor distributions of that length.
    """
    if targets.ndim == 1 and not targets.is_floating_point():
        return F.one_hot(targets.long(), num_classes).float()
    if targets.is_floating_point() and targets.shape[1:] == (num_classes,):
        return targets.float()
    raise ValueError(
        f"`targets` must be class indices or distributions over {num_classes} classes, "
        f"got {targets.dtype} of shape {tuple(targets.shape)}."
    )
