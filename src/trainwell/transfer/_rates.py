"""Discriminative learning rates: pretrained blocks learn more slowly than the head.

    lr of block i = lr * factor                     below the head
                  = lr * factor * decay^(depth)     with a decay per block downwards

Use: when fine-tuning: a tenth of the learning rate for pretrained blocks.
Side effects: the schedule scales all groups equally.
Source: Howard & Ruder, "Universal Language Model Fine-tuning", 2018, section 3.2,
https://arxiv.org/abs/1801.06146; the tenth as in the lectures.
"""

from collections.abc import Sequence
from typing import Any

import torch

from trainwell.core import checks
from trainwell.transfer._blocks import Block


def scale_rates(
    optimizer: torch.optim.Optimizer,
    found: Sequence[Block],
    *,
    factor: float = 0.1,
    decay: float = 1.0,
) -> None:
    """Give every block below the head its own learning rate, in place.

    Args:
        optimizer: New optimizer; its groups are split in the order of its parameters.
        found: Blocks from the first to the head.
        factor: Factor on the learning rate of the topmost block below the head.
        decay: Factor on the learning rate of each lower block, from that above it.

    Example:
        >>> net = torch.nn.Sequential(
        ...     torch.nn.Linear(4, 3), torch.nn.ReLU(), torch.nn.Linear(3, 2))
        >>> images = torch.randn(6, 4)
        >>> optimizer = torch.optim.SGD(net.parameters(), lr=1.0)
        >>> scale_rates(optimizer, blocks(net, images), factor=0.1)
        >>> [group["lr"] for group in optimizer.param_groups]
        [0.1, 1.0]
    """
    checks.positive("factor", factor)
    checks.between("decay", decay, 0, 1)
    scales: dict[torch.Tensor, float] = {}
    for depth, block in enumerate(reversed(found[:-1])):
        scales |= {p: factor * decay**depth for p in block.parameters()}
    groups = []
    for group in optimizer.param_groups:
        split: dict[float, list[torch.Tensor]] = {}
        for parameter in group["params"]:
            split.setdefault(scales.get(parameter, 1.0), []).append(parameter)
        for scale, members in split.items():
            own: dict[str, Any] = dict(group)
            own["params"] = members
            for key in ("lr", "initial_lr"):
                if key in own:
                    own[key] *= scale
            groups.append(own)
    optimizer.param_groups[:] = groups
