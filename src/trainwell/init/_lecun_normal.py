"""LeCun, normal: unit variance in, unit variance out, for a linear layer.

    w ~ N(0, 1 / fan_in)

Use: with SELU, whose fixed point needs exactly this; with linear layers.
Side effects: none.

Source: LeCun et al., "Efficient BackProp", 1998, eq. 16; for SELU, Klambauer et al.,
"Self-Normalizing Neural Networks", 2017, section "Initialization".
"""

import math

import torch
from torch import Tensor

from trainwell.init._fans import fan


@torch.no_grad()
def lecun_normal_(weight: Tensor) -> Tensor:
    """Draw a weight, in place, and return it.

    Raises:
        ValueError: If the weight has one axis.

    Example:
        >>> from trainwell.init import lecun_normal_
        >>> weight = lecun_normal_(torch.empty(512, 256))
        >>> print(f"{weight.std():.3f}")
        0.063
    """
    return weight.normal_(0, 1 / math.sqrt(fan(weight)))
