"""The self-normalising exponential linear unit.

    f(x) = lambda x where x > 0, else lambda alpha (e^x - 1)
    lambda = 1.0507..., alpha = 1.6733...

Use: in deep fully connected networks without normalisation, with the `lecun_normal`
initialisation; mean 0 and variance 1 are then a fixed point of every layer.
Side effects: ordinary dropout breaks the fixed point; so does another initialisation.
Source: Klambauer et al., "Self-Normalizing Neural Networks", 2017, eq. 2,
https://arxiv.org/abs/1706.02515. The layer is torch's.
"""

from torch import nn


def selu_layer() -> nn.Module:
    """Return the self-normalising unit as a layer, for any shape."""
    return nn.SELU()
