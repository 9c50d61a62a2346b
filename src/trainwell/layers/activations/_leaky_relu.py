"""The leaky rectifier: a small slope instead of zero.

    f(x) = max(slope x, x)

Use: in place of `relu` when units die.
Side effects: no unit is dead, and outputs are less sparse; costs what `relu` costs.
Source: Maas et al., "Rectifier Nonlinearities Improve Neural Network Acoustic Models",
2013, section 2. The layer is torch's; the paper's slope is 0.01, some lectures use 0.1.
"""

from torch import nn

from trainwell.core import checks


def leaky_relu_layer(*, slope: float = 0.01) -> nn.Module:
    """Return the leaky rectifier as a layer, for any shape.

    Args:
        slope: Slope of the negative side, in [0, 1]; 0 is `relu`, 1 the identity.

    Raises:
        ValueError: If `slope` is out of range.
    """
    checks.between("slope", slope, 0, 1)
    return nn.LeakyReLU(slope)
