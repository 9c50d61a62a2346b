"""The rectified linear unit.

    f(x) = max(0, x),    f'(x) = 1 where x > 0, else 0

Use: by default, with Kaiming initialisation; try `leaky_relu` or `swish` if the report
shows many dead units.
Side effects: a unit that is negative on all the data gets no gradient and stays dead
(too high a rate causes it); outputs are not centred on zero.
Source: Krizhevsky et al., "ImageNet Classification with Deep Convolutional Neural
Networks", 2012, section 3.1. The layer is torch's.
"""

from torch import nn


def relu_layer() -> nn.Module:
    """Return the rectifier as a layer, for any shape."""
    return nn.ReLU()
