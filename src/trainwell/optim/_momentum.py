"""Stochastic gradient descent with heavy-ball momentum.

    g <- g + wd x
    m <- mu m + g           v <- mu v - lr g
    x <- x - lr m           x <- x + v
    (sum)                   (rate)

Both give the same x while lr is constant: then v = -lr m. When lr changes, `sum` obeys
at once, while `rate` still carries steps made at the old one.

Use: as nesterov, which is usually a little better; `rate` to repeat papers and
frameworks written that way.
Side effects: the effective rate is lr / (1 - mu); one extra number per weight.
Source: Polyak, "Some methods of speeding up the convergence of iteration methods",
1964; Sutskever et al., "On the importance of initialization and momentum in deep
learning", 2013, eq. 1-2 (rate). The update of `sum` is torch's; the first step sets
m = g.
"""

from typing import Any, Literal

import torch
from torch import Tensor

from trainwell.core import checks
from trainwell.optim._types import Params, PerParameter, prepared


class Momentum(torch.optim.SGD):
    """Gradient descent with momentum: torch's SGD with a momentum of 0.9.

    Args:
        params: Parameters, or groups such as those of `decay_groups`.
        lr: Learning rate.
        momentum: Fraction of the sum of gradients kept at each step, in [0, 1].
        weight_decay: Added to the gradient as this multiple of the weights.
        foreach: As in torch.
        fused: As in torch.

    Example:
        >>> from trainwell.optim import Momentum
        >>> weight = torch.nn.Parameter(torch.tensor([2.0]))
        >>> optimizer = Momentum([weight], lr=0.1)
        >>> weight.square().sum().backward()
        >>> optimizer.step()
        >>> weight
        Parameter containing:
        tensor([1.6000], requires_grad=True)
    """

    def __init__(  # noqa: PLR0913
        self,
        params: Params,
        lr: float = 1e-3,
        momentum: float = 0.9,
        *,
        weight_decay: float = 0.0,
        foreach: bool | None = None,
        fused: bool | None = None,
    ) -> None:
        super().__init__(
            params,
            lr,
            momentum,
            weight_decay=weight_decay,
            foreach=foreach,
            fused=fused,
        )


def momentum(
    params: Params,
    lr: float,
    *,
    momentum: float = 0.9,
    formulation: Literal["sum", "rate"] = "sum",
) -> torch.optim.Optimizer:
    """Descend along a decaying sum of gradients.

    Args:
        params: Parameters, or groups with their own `weight_decay` (0 if absent).
        lr: Learning rate.
        momentum: Fraction of the sum kept at each step, in [0, 1].
        formulation: `sum` of gradients, times the present rate; or of gradients times
            the `rate` of their own step.

    Raises:
        ValueError: If an argument is out of range or there are no parameters.
    """
    checks.between("momentum", momentum, 0, 1)
    checks.one_of("formulation", formulation, ("sum", "rate"))
    groups, kernel = prepared(params, lr)
    if formulation == "rate":
        return _RateInside(groups, {"lr": lr, "momentum": momentum})
    return Momentum(groups, lr, momentum, **kernel)


class _RateInside(PerParameter):
    """Momentum whose velocity is made of whole steps, rate included."""

    def update(
        self, x: Tensor, g: Tensor, state: dict[str, Any], group: dict[str, Any]
    ) -> None:
        if not state:
            state["velocity"] = torch.zeros_like(x)
        v = state["velocity"].mul_(group["momentum"]).sub_(g, alpha=group["lr"])
        x.add_(v)
