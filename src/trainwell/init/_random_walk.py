"""Random walk: a gain under which gradients neither grow nor shrink with depth.

    w ~ N(0, g^2 / N),    linear: g = exp(1 / (2 N))
                          ReLU:   g = sqrt(2) exp(1.2 / (max(N, 6) - 2.4))

for a layer with N inputs. The logarithm of the gradient's norm then does a random walk
without drift; the correction to the usual gain matters where layers are narrow.

Use: for very deep and narrow networks without normalisation or shortcuts.
Side effects: none.

Source: Sussillo & Abbott, "Random Walk Initialization for Training Very Deep
Feedforward Networks", 2014, section 3, https://arxiv.org/abs/1412.6558. N is fan_in,
so that convolutions are covered as well.
"""

import math
from typing import Literal

import torch
from torch import Tensor

from trainwell.core import checks
from trainwell.init._fans import fan

Kind = Literal["linear", "relu"]


def random_walk_gain(width: float, *, activation: Kind = "relu") -> float:
    """Return g for a layer of this width.

    Raises:
        ValueError: If `width` is not positive or `activation` is not known.
    """
    checks.positive("width", width)
    checks.one_of("activation", activation, ("linear", "relu"))
    if activation == "linear":
        return math.exp(1 / (2 * width))
    return math.sqrt(2) * math.exp(1.2 / (max(width, 6) - 2.4))


@torch.no_grad()
def random_walk_(weight: Tensor, *, activation: Kind = "relu") -> Tensor:
    """Draw a weight, in place, and return it.

    Args:
        weight: Shape (outputs, inputs, ...).
        activation: What follows the layer.

    Raises:
        ValueError: If `activation` is not known, or the weight has one axis.

    Example:
        >>> from trainwell.init import random_walk_
        >>> weight = random_walk_(torch.empty(512, 256))
        >>> print(f"{weight.std():.3f}")
        0.089
    """
    width = fan(weight)
    gain = random_walk_gain(width, activation=activation)
    return weight.normal_(0, gain / math.sqrt(width))
