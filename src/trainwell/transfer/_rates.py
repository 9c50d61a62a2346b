"""Discriminative rates: pretrained blocks learn more slowly than the new head.

    rate of block i = rate * factor                     below the head
                    = rate * factor * decay^(depth)     with a decay per block downwards

Use: when fine-tuning: a tenth for what is pretrained, the full rate for the head.
Side effects: the schedule acts on every group alike.
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
    """Give every block below the head its own rate, in place.

    Args:
        optimizer: Fresh; its groups are split, in the order of its parameters.
        found: From the first to the head.
        factor: Of the rate of the topmost block below the head.
        decay: Of each block further down, to that of the one above it.
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
