"""Xavier, uniform: keeps the variance through linear layers, and tanh near zero.

    w ~ U(-a, a),    a = gain sqrt(3 / fan)

Use: as `xavier_normal_`; the variance is the same, and no weight lies far out.
Side effects: none.

Source: Glorot & Bengio, "Understanding the difficulty of training deep feedforward
neural networks", 2010, eq. 16.
"""

import math

import torch
from torch import Tensor

from trainwell.core import checks
from trainwell.init._fans import Fan, fan


@torch.no_grad()
def xavier_uniform_(
    weight: Tensor, *, of: Fan = "average", gain: float = 1.0
) -> Tensor:
    """Draw a weight, in place, and return it.

    Args:
        weight: Shape (outputs, inputs, ...).
        of: The fan: `average` is (fan_in + fan_out) / 2.
        gain: Gain of the activation.

    Raises:
        ValueError: If `gain` is not positive, or the weight has one axis.

    Example:
        >>> from trainwell.init import xavier_uniform_
        >>> weight = xavier_uniform_(torch.empty(512, 256))
        >>> print(f"{weight.std():.3f}")
        0.051
    """
    checks.positive("gain", gain)
    bound = gain * math.sqrt(3 / fan(weight, of=of))
    return weight.uniform_(-bound, bound)
