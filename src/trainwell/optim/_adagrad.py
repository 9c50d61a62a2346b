"""AdaGrad: each weight's rate falls with the squares of its gradients so far.

    g <- g + wd x
    s <- s + g^2
    x <- x - lr g / (sqrt(s) + eps)

Use: for sparse or convex problems; for deep networks rmsprop and adam, which forget,
are better.
Side effects: the rate only ever falls and fades to zero on long runs; one extra number
per weight.
Source: Duchi, Hazan & Singer, "Adaptive Subgradient Methods for Online Learning and
Stochastic Optimization", 2011, figure 1 (diagonal). The update is torch's.
"""

import torch

from trainwell.core import checks
from trainwell.optim._types import Params, prepared


def adagrad(
    params: Params, lr: float = 1e-2, *, eps: float = 1e-10
) -> torch.optim.Optimizer:
    """Descend along the gradient over the root of its summed squares.

    Args:
        params: Parameters, or groups with their own `weight_decay` (0 if absent).
        lr: Learning rate; the size of the first step of every weight.
        eps: Added to the denominator.

    Raises:
        ValueError: If an argument is out of range or there are no parameters.
    """
    checks.positive("eps", eps)
    groups, kernel = prepared(params, lr)
    return torch.optim.Adagrad(groups, lr=lr, eps=eps, **kernel)
