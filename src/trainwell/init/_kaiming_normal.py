"""Kaiming, normal: keeps the variance through rectified layers.

    w ~ N(0, gain^2 / fan),    gain = sqrt(2) for ReLU

Use: with ReLU and its kin, in networks without normalisation above all.
Side effects: none.

Source: He et al., "Delving Deep into Rectifiers", 2015, eq. 10 (fan `in`) and eq. 14
(fan `out`), https://arxiv.org/abs/1502.01852
"""

import math

import torch
from torch import Tensor

from trainwell.core import checks
from trainwell.init._fans import Fan, fan


@torch.no_grad()
def kaiming_normal_(
    weight: Tensor, *, of: Fan = "in", gain: float | None = None
) -> Tensor:
    """Draw a weight, in place, and return it.

    Args:
        weight: Shape (outputs, inputs, ...).
        of: The fan: `in` keeps the forward variance, `out` that of gradients.
        gain: Gain of the activation; by default that of ReLU, or in a recipe that of
            the recipe's activation.

    Raises:
        ValueError: If `gain` is not positive, or the weight has one axis.

    Example:
        >>> from trainwell.init import kaiming_normal_
        >>> weight = kaiming_normal_(torch.empty(512, 256))
        >>> print(f"{weight.std():.3f}")
        0.089
    """
    gain = math.sqrt(2) if gain is None else gain
    checks.positive("gain", gain)
    return weight.normal_(0, gain / math.sqrt(fan(weight, of=of)))
