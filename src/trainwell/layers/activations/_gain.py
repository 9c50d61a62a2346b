"""The gain of an activation: the factor that keeps the variance from layer to layer.

    gain = E[f(z)^2]^(-1/2),    z ~ N(0, 1)

A layer with weights of variance gain^2 / fan_in then passes its input's second moment
on. relu: sqrt(2); leaky relu with slope a: sqrt(2 / (1 + a^2)). By convention tanh has
5/3 (a little more than the formula's 1.59), sigmoid 1, and selu 1, since the constants
of selu are made for variance 1 / fan_in.

Use: to choose the scale of an initialisation by the activation's name.
Side effects: none.
Source: He et al., "Delving Deep into Rectifiers", 2015, section 2.2,
https://arxiv.org/abs/1502.01852; conventions are `torch.nn.init.calculate_gain`'s,
except for selu, where it has 3/4 for stability's sake.
"""

import math

import torch
from torch import Tensor

from trainwell.core import checks
from trainwell.core.techniques import builders

_CONVENTIONS = {"linear": 1.0, "sigmoid": 1.0, "tanh": 5 / 3, "selu": 1.0}
_RANGE, _POINTS = 12.0, 48_001  # an odd number, so that the kink at 0 is a point


def gain(name: str, **arguments: float) -> float:
    """Return the gain of the activation called `name`.

    Args:
        name: The recipe's name of an activation, or "linear".
        arguments: Those of the activation in a recipe, such as `slope=0.1`.

    Raises:
        ValueError: If there is no such activation.
        TypeError: If it has no such argument.

    Example:
        >>> from trainwell.layers.activations import gain
        >>> round(gain("relu"), 4), round(gain("leaky_relu", slope=0.1), 4)
        (1.4142, 1.4072)
    """
    checks.one_of("name", name, ["linear", *builders("activation")])
    if name in _CONVENTIONS:
        if arguments:
            raise TypeError(f"{name} takes no arguments, got {', '.join(arguments)}.")
        return _CONVENTIONS[name]
    layer = builders("activation")[name](**arguments).double()
    z = torch.linspace(-_RANGE, _RANGE, _POINTS, dtype=torch.float64)
    if name == "maxout":
        return 1 / _rms(z, z, pieces=int(arguments.get("pieces", 2)))
    with torch.no_grad():
        return 1 / _rms(z, layer(z.view(-1, 1)).view(-1))


def _rms(z: Tensor, values: Tensor, pieces: int = 1) -> float:
    """Root of the mean of values^2 where z is the largest of `pieces` normals."""
    density = torch.exp(-z.square() / 2) / math.sqrt(2 * math.pi)
    below = torch.special.ndtr(z) ** (pieces - 1)
    square = torch.trapezoid(values.square() * pieces * density * below, z)
    return math.sqrt(square.item())
