"""Small normal: the same small standard deviation for every layer.

    w ~ N(0, std^2)

Use: for networks of one or two layers, and to see why deeper ones need more: their
activations collapse to zero layer by layer.
Side effects: none.

Source: Krizhevsky, Sutskever & Hinton, "ImageNet Classification with Deep Convolutional
Neural Networks", 2012, section 5.
"""

import torch
from torch import Tensor

from trainwell.core import checks


@torch.no_grad()
def small_normal_(weight: Tensor, *, std: float = 0.01) -> Tensor:
    """Draw a weight, in place, and return it.

    Args:
        weight: Any shape.
        std: Standard deviation of the weights.

    Raises:
        ValueError: If `std` is not positive.

    Example:
        >>> from trainwell.init import small_normal_
        >>> weight = small_normal_(torch.empty(512, 256), std=0.01)
        >>> print(f"{weight.std():.3f}")
        0.010
    """
    checks.positive("std", std)
    return weight.normal_(0, std)
