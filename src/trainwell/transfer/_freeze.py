"""Freeze the lower blocks: neither their weights nor their statistics move.

Use: on little data, where a pretrained network's lower layers serve as they are.
Side effects: norms of frozen blocks use their running statistics also while training.
Source: Yosinski et al., "How transferable are features in deep neural networks?", 2014,
https://arxiv.org/abs/1411.1792
"""

from collections.abc import Sequence

from trainwell.core import checks
from trainwell.layers.norm import freeze
from trainwell.transfer._blocks import Block


def freeze_below(found: Sequence[Block], share: float) -> list[Block]:
    """Freeze a share of the blocks below the head, in place; return which.

    Args:
        found: From the first to the head.
        share: 0 freezes nothing, 1 all but the head.
    """
    frozen = list(found[: num_frozen(found, share)])
    for block in frozen:
        for module in block.modules:
            freeze(module)
    return frozen


def num_frozen(found: Sequence[Block], share: float) -> int:
    """Return how many blocks `freeze_below` freezes."""
    checks.between("share", share, 0, 1)
    return round(share * (len(found) - 1))
