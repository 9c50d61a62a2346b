"""AdaDelta: steps in the units of the weights, from running means of both.

    g <- g + wd x
    v <- rho v + (1 - rho) g^2
    d = g sqrt(u + eps) / sqrt(v + eps)
    u <- rho u + (1 - rho) d^2
    x <- x - lr d

Use: when no rate can be tuned at all; it starts slowly, since u starts at 0.
Side effects: the rate is 1 in the paper; a schedule still multiplies it; two extra
numbers per weight.
Source: Zeiler, "ADADELTA: An Adaptive Learning Rate Method", 2012, algorithm 1,
https://arxiv.org/abs/1212.5701, whose rho is 0.95 (torch's default is 0.9). The update
is torch's.
"""

import torch

from trainwell.core import checks
from trainwell.optim._types import Params, below_one, prepared


def adadelta(
    params: Params, lr: float = 1.0, *, rho: float = 0.95, eps: float = 1e-6
) -> torch.optim.Optimizer:
    """Descend by steps as large as the recent ones, along the scaled gradient.

    Args:
        params: Parameters, or groups with their own `weight_decay` (0 if absent).
        lr: Factor on the step; 1 in the paper.
        rho: Fraction of the two running means kept at each step, in [0, 1).
        eps: Under both roots; sets the size of the first steps.

    Raises:
        ValueError: If an argument is out of range or there are no parameters.
    """
    below_one("rho", rho)
    checks.positive("eps", eps)
    groups, _ = prepared(params, lr)
    return torch.optim.Adadelta(groups, lr=lr, rho=rho, eps=eps, foreach=True)
