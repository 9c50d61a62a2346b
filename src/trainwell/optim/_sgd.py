"""Stochastic gradient descent.

    g <- g + wd x
    x <- x - lr g

Use: as a baseline, and where memory for a second copy of the weights is short.
Side effects: noise of the batch goes straight into the weights; slow along flat
valleys.
Source: Robbins & Monro, "A Stochastic Approximation Method", 1951; weight decay as an
L2 penalty. The update is torch's.
"""

import torch

from trainwell.optim._types import Params, prepared


def sgd(params: Params, lr: float) -> torch.optim.Optimizer:
    """Descend along the gradient of each batch.

    Args:
        params: Parameters, or groups with their own `weight_decay` (0 if absent).
        lr: Learning rate.

    Raises:
        ValueError: If `lr` is negative or there are no parameters.
    """
    groups, kernel = prepared(params, lr)
    return torch.optim.SGD(groups, lr=lr, **kernel)
