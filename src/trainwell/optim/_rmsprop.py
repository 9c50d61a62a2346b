"""RMSProp: AdaGrad that forgets.

    g <- g + wd x
    v <- decay v + (1 - decay) g^2
    m <- mu m + g / (sqrt(v) + eps)
    x <- x - lr m

Use: where adam is used, if momentum does harm (unsteady objectives) or for published
recipes (MobileNet, EfficientNet).
Side effects: v starts at 0, so the first step is 1 / sqrt(1 - decay) times lr per
weight: warm up; one extra number per weight, two with momentum.
Source: Tieleman & Hinton, "Lecture 6.5: RMSProp", COURSERA, 2012, whose decay is 0.9
(torch's default is 0.99). The update is torch's.
"""

import torch

from trainwell.core import checks
from trainwell.optim._types import Params, below_one, prepared


def rmsprop(
    params: Params,
    lr: float = 1e-3,
    *,
    decay: float = 0.9,
    momentum: float = 0.0,
    eps: float = 1e-8,
) -> torch.optim.Optimizer:
    """Descend along the gradient over the root of its mean square.

    Args:
        params: Parameters, or groups with their own `weight_decay` (0 if absent).
        lr: Learning rate.
        decay: Fraction of the running mean kept at each step, in [0, 1).
        momentum: Fraction of the sum of scaled gradients kept at each step, in [0, 1].
        eps: Added to the denominator.

    Raises:
        ValueError: If an argument is out of range or there are no parameters.
    """
    below_one("decay", decay)
    checks.between("momentum", momentum, 0, 1)
    checks.positive("eps", eps)
    groups, _ = prepared(params, lr)
    return torch.optim.RMSprop(
        groups, lr=lr, alpha=decay, momentum=momentum, eps=eps, foreach=True
    )
