"""The logistic sigmoid.

    f(x) = 1 / (1 + e^-x),    f'(x) = f(x) (1 - f(x)) <= 1/4

Use: for gates and probabilities of independent labels; not between the layers of a
deep network, where `relu` and its kin learn faster.
Side effects: saturates on both sides, so gradients die (at most 1/4 passes each layer);
outputs are not centred on zero; the exponential costs time.
Source: LeCun et al., "Efficient BackProp", 1998, section 4.4. The layer is torch's.
"""

from torch import nn


def sigmoid_layer() -> nn.Module:
    """Return the sigmoid as a layer, for any shape."""
    return nn.Sigmoid()
