"""How many values a unit reads, and how many read it.

    fan_in = k k c_in,    fan_out = k k c_out

Use: by the initialisers whose variance depends on them.
Side effects: none.

Source: Glorot & Bengio, "Understanding the difficulty of training deep feedforward
neural networks", 2010, section 4.2.
"""

from typing import Literal

from torch import Tensor

from trainwell.core import checks

Fan = Literal["in", "out", "average"]


def fan(weight: Tensor, *, of: Fan = "in") -> float:
    """Return the fan of a linear or convolutional weight (outputs, inputs, ...).

    In a grouped convolution `inputs` are those of one group, so fan_in is exact.

    Raises:
        ValueError: If the weight has fewer than two axes.
    """
    checks.one_of("of", of, ("in", "out", "average"))
    if weight.ndim < 2:
        raise ValueError(
            f"`weight` must have at least two axes, got shape {tuple(weight.shape)}."
        )
    area = weight[0, 0].numel()
    fans = {"in": weight.shape[1] * area, "out": weight.shape[0] * area}
    fans["average"] = (fans["in"] + fans["out"]) / 2  # type: ignore[assignment]
    return float(fans[of])
