"""Xavier, normal: keeps the variance through linear layers, and tanh near zero.

    w ~ N(0, gain^2 / fan)

Use: with tanh and sigmoid. With ReLU half of the variance is lost at every layer; take
`kaiming_normal_`.
Side effects: none.

Source: Glorot & Bengio, "Understanding the difficulty of training deep feedforward
neural networks", 2010, eq. 12 (fan `average`); many texts use fan `in`.
"""

import math

import torch
from torch import Tensor

from trainwell.core import checks
from trainwell.init._fans import Fan, fan


@torch.no_grad()
def xavier_normal_(weight: Tensor, *, of: Fan = "average", gain: float = 1.0) -> Tensor:
    """Draw a weight, in place, and return it.

    Args:
        weight: Shape (outputs, inputs, ...).
        of: The fan: `average` is (fan_in + fan_out) / 2.
        gain: Gain of the activation.

    Raises:
        ValueError: If `gain` is not positive, or the weight has one axis.

    Example:
        >>> from trainwell.init import xavier_normal_
        >>> weight = xavier_normal_(torch.empty(512, 256))
        >>> print(f"{weight.std():.3f}")
        0.051
    """
    checks.positive("gain", gain)
    return weight.normal_(0, gain / math.sqrt(fan(weight, of=of)))
