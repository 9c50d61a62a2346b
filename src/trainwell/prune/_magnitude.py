"""Magnitude pruning: the smallest weights go.

    m_i = 1 if |w_i| is among the (1 - share) n largest, else 0

Use: to make a trained network sparse; a half costs nothing as a rule, nine tenths need
gradual pruning and training in between. Speed comes only with a runtime that skips
zeros.
Side effects: pruned weights stay zero, so less of the network learns; the global scope
takes most from the widest layers.

Source: Han et al., "Learning both Weights and Connections for Efficient Neural
Networks", 2015, section 3.1, https://arxiv.org/abs/1506.02626.
"""

from collections.abc import Mapping

import torch
from jaxtyping import Bool
from torch import Tensor

from trainwell.prune._masks import Scope, score_masks


@torch.no_grad()
def magnitude_masks(
    weights: Mapping[str, Tensor], *, share: float, scope: Scope = "global"
) -> dict[str, Bool[Tensor, "..."]]:
    """Return for every weight tensor which of its values stay.

    Args:
        weights: Tensors by name; zeros of an earlier pruning count as smallest.
        share: Share of all values to remove, in [0, 1]; rounded to whole values.
        scope: `global` compares the values of all tensors, `layer` each tensor's own.

    Raises:
        ValueError: If `share` or `scope` is not one of those.

    Example:
        >>> from trainwell.prune import magnitude_masks
        >>> weights = {"w": torch.tensor([0.1, -2.0, 0.3, 4.0])}
        >>> magnitude_masks(weights, share=0.5)
        {'w': tensor([False,  True, False,  True])}
    """
    return score_masks(
        {name: w.abs() for name, w in weights.items()}, share=share, scope=scope
    )
