"""Stochastic gradient descent with Nesterov momentum.

    g <- g + wd x
    m <- mu m + g
    x <- x - lr (g + mu m)

Use: for the best result with convolutional networks: momentum 0.9, cosine, a tuned
rate.
Side effects: as momentum: the effective rate is lr / (1 - mu); one extra number per
weight.
Source: Sutskever et al., "On the importance of initialization and momentum in deep
learning", 2013, eq. 3-4, in the variables of Bengio et al., "Advances in Optimizing
Recurrent Networks", 2012, eq. 7, https://arxiv.org/abs/1212.0901. The update is
torch's; the first step sets m = g.
"""

import torch

from trainwell.core import checks
from trainwell.optim._types import Params, prepared


def nesterov(
    params: Params, lr: float, *, momentum: float = 0.9
) -> torch.optim.Optimizer:
    """Descend along the momentum as it will be after this step.

    Args:
        params: Parameters, or groups with their own `weight_decay` (0 if absent).
        lr: Learning rate.
        momentum: Share of the sum kept at each step, in (0, 1].

    Raises:
        ValueError: If an argument is out of range or there are no parameters.
    """
    checks.positive("momentum", momentum)
    checks.between("momentum", momentum, 0, 1)
    groups, kernel = prepared(params, lr)
    return torch.optim.SGD(groups, lr=lr, momentum=momentum, nesterov=True, **kernel)
