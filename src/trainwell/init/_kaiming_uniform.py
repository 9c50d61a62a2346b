"""Kaiming, uniform: keeps the variance through rectified layers.

    w ~ U(-a, a),    a = gain sqrt(3 / fan),    gain = sqrt(2) for ReLU

Use: as `kaiming_normal_`; the variance is the same, and no weight lies far out.
Side effects: none.

Source: He et al., "Delving Deep into Rectifiers", 2015, eq. 10,
https://arxiv.org/abs/1502.01852, with a uniform distribution of the same variance.
"""

import math

import torch
from torch import Tensor

from trainwell.core import checks
from trainwell.init._fans import Fan, fan


@torch.no_grad()
def kaiming_uniform_(
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
        >>> from trainwell.init import kaiming_uniform_
        >>> weight = kaiming_uniform_(torch.empty(512, 256))
        >>> print(f"{weight.std():.3f}")
        0.088
    """
    gain = math.sqrt(2) if gain is None else gain
    checks.positive("gain", gain)
    bound = gain * math.sqrt(3 / fan(weight, of=of))
    return weight.uniform_(-bound, bound)
