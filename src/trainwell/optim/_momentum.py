"""Stochastic gradient descent with heavy-ball momentum.

    g <- g + wd x
    m <- mu m + g
    x <- x - lr m

Source: Polyak, "Some methods of speeding up the convergence of iteration methods",
1964; in this form Sutskever et al., "On the importance of initialization and momentum
in deep learning", 2013, eq. 1-2, with the rate outside of m so that a schedule acts at
once. The update is torch's; the first step sets m = g.
"""

import torch

from trainwell.core import checks
from trainwell.optim._types import Params, prepared


def momentum(
    params: Params, lr: float, *, momentum: float = 0.9
) -> torch.optim.Optimizer:
    """Descend along a decaying sum of gradients.

    Args:
        params: Parameters, or groups with their own `weight_decay` (0 if absent).
        lr: Learning rate.
        momentum: Share of the sum kept at each step, in [0, 1].

    Raises:
        ValueError: If an argument is out of range or there are no parameters.
    """
    checks.between("momentum", momentum, 0, 1)
    groups, kernel = prepared(params, lr)
    return torch.optim.SGD(groups, lr=lr, momentum=momentum, **kernel)
