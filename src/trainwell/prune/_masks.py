"""Masks from scores: what scores highest stays.

Source: the masks of `torch.nn.utils.prune`; here they stay apart from the module, whose
weights keep their names.
"""

from collections.abc import Mapping
from typing import Literal

import torch
from jaxtyping import Bool
from torch import Tensor
from torch.nn.utils.prune import L1Unstructured

from trainwell.core import checks

Scope = Literal["global", "layer"]


@torch.no_grad()
def score_masks(
    scores: Mapping[str, Tensor], *, share: float, scope: Scope = "global"
) -> dict[str, Bool[Tensor, "..."]]:
    """Return for every tensor which of its values stay.

    Args:
        scores: Scores of 0 or more of every value, by name; the lowest go.
        share: Share of all values to remove, in [0, 1]; rounded to whole values.
        scope: `global` compares the scores of all tensors, `layer` each tensor's own.

    Raises:
        ValueError: If `share` or `scope` is not one of those.

    Example:
        >>> from trainwell.prune import score_masks
        >>> score_masks({"w": torch.tensor([0.1, 2.0, 0.3, 4.0])}, share=0.5)
        {'w': tensor([False,  True, False,  True])}
    """
    checks.between("share", share, 0, 1)
    checks.one_of("scope", scope, ("global", "layer"))
    if scope == "layer":
        return {
            name: _mask(s.flatten(), share).view_as(s) for name, s in scores.items()
        }
    joined = torch.cat([s.flatten() for s in scores.values()])
    parts = _mask(joined, share).split([s.numel() for s in scores.values()])
    return {
        name: part.view_as(s)
        for (name, s), part in zip(scores.items(), parts, strict=True)
    }


def _mask(values: Tensor, share: float) -> Tensor:
    count = round(share * values.numel())
    if count in (0, values.numel()):
        return torch.full_like(values, count == 0, dtype=torch.bool)
    ones = torch.ones_like(values)
    mask: Tensor = L1Unstructured(count).compute_mask(values, ones)
    return mask.bool()
