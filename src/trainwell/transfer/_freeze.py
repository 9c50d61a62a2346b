"""Freeze the lower blocks: neither their weights nor their statistics move.

Use: on little data, where the lower layers of a pretrained network fit as they are.
Side effects: norms of frozen blocks use their running statistics also while training.
Source: Yosinski et al., "How transferable are features in deep neural networks?", 2014,
https://arxiv.org/abs/1411.1792
"""

from collections.abc import Sequence

from trainwell.core import checks
from trainwell.layers.norm import freeze
from trainwell.transfer._blocks import Block


def freeze_below(found: Sequence[Block], share: float) -> list[Block]:
    """Freeze a fraction of the blocks below the head, in place; return these.

    Args:
        found: Blocks from the first to the head.
        share: Fraction in [0, 1]; 0 freezes nothing, 1 all but the head.

    Example:
        >>> net = torch.nn.Sequential(
        ...     torch.nn.Linear(4, 3), torch.nn.ReLU(), torch.nn.Linear(3, 2))
        >>> images = torch.randn(6, 4)
        >>> frozen = freeze_below(blocks(net, images), share=1)
        >>> [block.name for block in frozen], net[0].weight.requires_grad
        (['0'], False)
    """
    frozen = list(found[: num_frozen(found, share)])
    for block in frozen:
        for module in block.modules:
            freeze(module)
    return frozen


def num_frozen(found: Sequence[Block], share: float) -> int:
    """Return the number of blocks that `freeze_below` freezes.

    Example:
        >>> found = [Block(name, ()) for name in ("a", "b", "c", "d", "head")]
        >>> num_frozen(found, share=0.7)
        3
    """
    checks.between("share", share, 0, 1)
    return round(share * (len(found) - 1))
