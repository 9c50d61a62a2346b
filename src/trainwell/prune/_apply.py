"""Apply masks to weights.

    w <- m w

Use: after every optimizer step, so that momentum does not revive what was removed; the
pruning of a recipe does it by itself.
Side effects: none.

Source: Frankle & Carbin, "The Lottery Ticket Hypothesis", 2019, section 2.
"""

from collections.abc import Mapping

import torch
from torch import Tensor


@torch.no_grad()
def apply_masks_(weights: Mapping[str, Tensor], masks: Mapping[str, Tensor]) -> None:
    """Set to zero, in place, what the masks remove.

    Raises:
        KeyError: If a mask has no weight of its name.

    Example:
        >>> from trainwell.prune import apply_masks_
        >>> weights = {"w": torch.tensor([0.1, -2.0])}
        >>> apply_masks_(weights, {"w": torch.tensor([False, True])})
        >>> weights
        {'w': tensor([ 0., -2.])}
    """
    for name, mask in masks.items():
        weights[name].mul_(mask)
