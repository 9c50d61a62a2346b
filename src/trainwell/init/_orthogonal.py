"""Orthogonal: rows or columns are orthonormal, times a gain.

    W W^T = gain^2 I  or  W^T W = gain^2 I,    of shape (outputs, inputs k k)

Use: in very deep plain and recurrent networks; a product of such matrices neither
grows nor shrinks any direction.
Side effects: a QR decomposition per layer, once.

Source: Saxe, McClelland & Ganguli, "Exact solutions to the nonlinear dynamics of
learning in deep linear neural networks", 2014, https://arxiv.org/abs/1312.6120. The
draw is torch's `orthogonal_`, in float32 for weights of every type.
"""

import math

import torch
from torch import Tensor, nn

from trainwell.core import checks


@torch.no_grad()
def orthogonal_(weight: Tensor, *, gain: float | None = None) -> Tensor:
    """Draw a weight, in place, and return it.

    Args:
        weight: Shape (outputs, inputs, ...), flattened to a matrix.
        gain: Gain of the activation; by default that of ReLU, sqrt(2), or in a recipe
            that of the recipe's activation.

    Raises:
        ValueError: If `gain` is not positive, or the weight has one axis.

    Example:
        >>> from trainwell.init import orthogonal_
        >>> weight = orthogonal_(torch.empty(3, 8), gain=1.0)
        >>> torch.allclose(weight @ weight.T, torch.eye(3), atol=1e-5)
        True
    """
    gain = math.sqrt(2) if gain is None else gain
    checks.positive("gain", gain)
    drawn = torch.empty(weight.shape, dtype=torch.float32, device=weight.device)
    return weight.copy_(nn.init.orthogonal_(drawn, gain))
