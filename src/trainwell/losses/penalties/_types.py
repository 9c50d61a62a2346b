"""The sum that every penalty is."""

from collections.abc import Callable, Iterable

import torch
from torch import Tensor

from trainwell.core.tensors import at_least_float32


def total(weights: Iterable[Tensor], penalty: Callable[[Tensor], Tensor]) -> Tensor:
    """Add the penalties of all tensors, in float32 or higher.

    Raises:
        ValueError: If there are none.
    """
    penalties = [penalty(at_least_float32(w)) for w in weights]
    if not penalties:
        raise ValueError("`weights` must hold at least one tensor, got none.")
    return torch.stack(penalties).sum()
