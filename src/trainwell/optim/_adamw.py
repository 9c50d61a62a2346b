"""Adam with decoupled weight decay.

    x <- x (1 - lr wd)
    m <- b1 m + (1 - b1) g
    v <- b2 v + (1 - b2) g^2
    x <- x - lr (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + eps)

Use: to start with, at 1e-3 or 5e-4, and for attention and fine-tuning.
Side effects: two extra numbers per weight; the step does not grow with the gradient, so
the rate needs less tuning and clipping matters less.
Source: Loshchilov & Hutter, "Decoupled Weight Decay Regularization", 2019, algorithm
2, https://arxiv.org/abs/1711.05101. The decay is multiplied by lr, as in torch, whose
update this is.
"""

import torch

from trainwell.core import checks
from trainwell.optim._types import Params, below_one, prepared


def adamw(
    params: Params,
    lr: float = 1e-3,
    *,
    betas: tuple[float, float] = (0.9, 0.999),
    eps: float = 1e-8,
) -> torch.optim.Optimizer:
    """Descend along the mean gradient over the root of its mean square.

    Args:
        params: Parameters, or groups with their own `weight_decay` (0 if absent,
            unlike torch's 0.01).
        lr: Learning rate.
        betas: Fraction of the two running means kept at each step, in [0, 1).
        eps: Added to the denominator.

    Raises:
        ValueError: If an argument is out of range or there are no parameters.
    """
    for beta in betas:
        below_one("betas", beta)
    checks.positive("eps", eps)
    groups, kernel = prepared(params, lr)
    return torch.optim.AdamW(
        groups, lr=lr, betas=betas, eps=eps, weight_decay=0.0, **kernel
    )
