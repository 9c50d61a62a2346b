"""The parametric rectifier: the slope of the negative side is learned.

    f(x_c) = max(0, x_c) + a_c min(0, x_c)

Use: in place of `relu` on larger data sets; on small ones the slopes may overfit.
Side effects: one parameter per channel (or one in all), which weight decay would pull
to zero, that is to `relu`: leave it out of the decay, as `decay_groups` does.
Source: He et al., "Delving Deep into Rectifiers", 2015, eq. 1,
https://arxiv.org/abs/1502.01852. The layer is torch's.
"""

import math

from torch import nn

from trainwell.core import checks


def prelu_layer(num_features: int = 1, *, initial: float = 0.25) -> nn.Module:
    """Return the parametric rectifier as a layer.

    Args:
        num_features: Channels at axis 1, each with its own slope; 1 shares one slope.
        initial: Slope at the start, any finite number.

    Raises:
        ValueError: If `num_features` is not positive or `initial` not finite.
    """
    checks.positive("num_features", num_features)
    if not math.isfinite(initial):
        raise ValueError(f"`initial` must be finite, got {initial!r}.")
    return nn.PReLU(num_features, init=initial)
