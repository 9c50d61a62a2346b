"""The hyperbolic tangent.

    f(x) = (e^x - e^-x) / (e^x + e^-x),    f'(x) = 1 - f(x)^2

Use: where outputs must be bounded and centred on zero (small and recurrent networks);
in deep convolutional networks `relu` learns faster.
Side effects: saturates on both sides, so gradients die where |x| is large; the
exponential costs time. Suits Xavier initialisation (gain 5/3).
Source: LeCun et al., "Efficient BackProp", 1998, section 4.4. The layer is torch's.
"""

from torch import nn


def tanh_layer() -> nn.Module:
    """Return the hyperbolic tangent as a layer, for any shape."""
    return nn.Tanh()
