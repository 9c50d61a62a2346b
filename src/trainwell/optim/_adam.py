"""Adam: momentum over the root of the mean squared gradient.

    g <- g + wd x
    m <- b1 m + (1 - b1) g
    v <- b2 v + (1 - b2) g^2
    x <- x - lr (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + eps)

Without bias correction the two divisions are left out. As m and v start at 0 and v
grows more slowly, the first step is then (1 - b1) / sqrt(1 - b2) = 3.2 times too large.

Use: as adamw, which is better with weight decay; here the decay is an L2 penalty, which
adam scales away where gradients are large.
Side effects: two extra numbers per weight; without correction the first hundreds of
steps are too large: to see the fault, not to train with.
Source: Kingma & Ba, "Adam: A Method for Stochastic Optimization", 2015, algorithm 1,
https://arxiv.org/abs/1412.6980. With correction the update is torch's.
"""

from typing import Any

import torch
from torch import Tensor

from trainwell.core import checks
from trainwell.optim._types import Params, PerParameter, below_one, prepared


def adam(
    params: Params,
    lr: float = 1e-3,
    *,
    betas: tuple[float, float] = (0.9, 0.999),
    eps: float = 1e-8,
    bias_correction: bool = True,
) -> torch.optim.Optimizer:
    """Descend along the mean gradient over the root of its mean square.

    Args:
        params: Parameters, or groups with their own `weight_decay` (0 if absent).
        lr: Learning rate.
        betas: Fraction of the two running means kept at each step, in [0, 1).
        eps: Added to the denominator.
        bias_correction: Make up for the means' start at 0.

    Raises:
        ValueError: If an argument is out of range or there are no parameters.
    """
    for beta in betas:
        below_one("betas", beta)
    checks.positive("eps", eps)
    groups, kernel = prepared(params, lr)
    if not bias_correction:
        return _Uncorrected(groups, {"lr": lr, "betas": betas, "eps": eps})
    return torch.optim.Adam(groups, lr=lr, betas=betas, eps=eps, **kernel)


class _Uncorrected(PerParameter):
    """Adam as it would be if its means were taken at their word from step 1."""

    def update(
        self, x: Tensor, g: Tensor, state: dict[str, Any], group: dict[str, Any]
    ) -> None:
        if not state:
            state["mean"] = torch.zeros_like(x)
            state["mean_square"] = torch.zeros_like(x)
        first, second = group["betas"]
        state["mean"].lerp_(g, 1 - first)
        state["mean_square"].lerp_(g.square(), 1 - second)
        root = state["mean_square"].sqrt().add_(group["eps"])
        x.addcdiv_(state["mean"], root, value=-group["lr"])
