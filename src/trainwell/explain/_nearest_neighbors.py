"""Nearest neighbours: images that a network sees as most alike.

    d(a, b) = 1 - a . b / (|a| |b|)      of the features a and b

Use: to find a wrong label beside a mistake, or copies that differ in pixels.
Side effects: none.
Source: Krizhevsky, Sutskever & Hinton, 2012, section 6.1; the cosine as in `DeCAF`.
"""

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

from trainwell.core import checks


class Neighbors(NamedTuple):
    """The nearest first.

    Attributes:
        indices: Which of the others they are, (n, count).
        distances: From 0, the same direction, to 2, (n, count).

    Example:
        >>> nearest_neighbors(torch.eye(2), torch.eye(2), count=1).distances
        tensor([[0.],
                [0.]])
    """

    indices: Tensor
    distances: Tensor


def nearest_neighbors(
    features: Tensor, others: Tensor, *, count: int = 5, chunk: int = 1024
) -> Neighbors:
    """Return the nearest of the others for each.

    Args:
        features: Of `features`, (n, numbers).
        others: Those to find neighbours among, (m, numbers).
        count: Neighbours, at most m.
        chunk: Rows of `features` at a time.

    Raises:
        ValueError: If the two do not fit each other.

    Example:
        >>> others = torch.tensor([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]])
        >>> nearest_neighbors(torch.tensor([[2.0, 0.1]]), others, count=2).indices
        tensor([[0, 1]])
    """
    checks.positive("count", count)
    if features.ndim != 2 or features.shape[1:] != others.shape[1:] or not len(others):
        raise ValueError(
            "`features` and `others` must have as many columns, got "
            f"{tuple(features.shape)} and {tuple(others.shape)}."
        )
    unit, count = F.normalize(others, dim=1), min(count, len(others))
    found = [
        (1 - F.normalize(part, dim=1) @ unit.T).topk(count, largest=False)
        for part in features.split(chunk)
    ]
    return Neighbors(
        torch.cat([best.indices for best in found]),
        torch.cat([best.values.clamp_min(0) for best in found]),
    )
