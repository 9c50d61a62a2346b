"""Sparsity: the share of weights that are exactly zero.

Use: to see what a pruning or an L1 penalty did, layer by layer.
Side effects: none.

Source: definition.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from torch import Tensor


@dataclass(frozen=True)
class Sparsity:
    """Zeros among weights.

    Attributes:
        share: Fraction of zeros among all weights, in [0, 1].
        layers: Fraction of zeros in each tensor, by name.

    Example:
        >>> from trainwell.prune import sparsity
        >>> sparsity({"w": torch.tensor([0.0, 1.0, 0.0, 2.0])}).share
        0.5
    """

    share: float
    layers: dict[str, float]


def sparsity(weights: Mapping[str, Tensor]) -> Sparsity:
    """Count the zeros.

    Raises:
        ValueError: If there are no weights.

    Example:
        >>> from trainwell.prune import sparsity
        >>> sparsity({"w": torch.tensor([0.0, 1.0, 0.0, 2.0])})
        Sparsity(share=0.5, layers={'w': 0.5})
    """
    total = sum(w.numel() for w in weights.values())
    if total == 0:
        raise ValueError("`weights` must hold at least one value, got none.")
    zeros = {name: int((w == 0).sum()) for name, w in weights.items()}
    layers = {name: zeros[name] / w.numel() for name, w in weights.items()}
    return Sparsity(sum(zeros.values()) / total, layers)
