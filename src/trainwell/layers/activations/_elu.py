"""The exponential linear unit.

    f(x) = x where x > 0, else alpha (e^x - 1)

Use: in place of `relu` in networks without normalisation: outputs have a mean nearer
to zero and no unit is dead.
Side effects: saturates at -alpha for large negative inputs; the exponential costs time.
Source: Clevert et al., "Fast and Accurate Deep Network Learning by Exponential Linear
Units", 2016, eq. 1, https://arxiv.org/abs/1511.07289. The layer is torch's.
"""

from torch import nn

from trainwell.core import checks


def elu_layer(*, alpha: float = 1.0) -> nn.Module:
    """Return the exponential linear unit as a layer, for any shape.

    Args:
        alpha: Minus the limit at minus infinity, positive.

    Raises:
        ValueError: If `alpha` is not positive.
    """
    checks.positive("alpha", alpha)
    return nn.ELU(alpha)
