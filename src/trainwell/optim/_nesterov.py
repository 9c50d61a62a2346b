"""Stochastic gradient descent with Nesterov momentum.

    g <- g + wd x
    m <- mu m + g               v <- mu v - lr g
    x <- x - lr (g + mu m)      x <- x + mu v - lr g
    (sum)                       (rate)

Both give the same x while lr is constant: then v = -lr m. When lr changes, `sum` obeys
at once, while `rate` still carries steps made at the old one.

Use: for the best result with convolutional networks: momentum 0.9, cosine, a tuned
rate.
Side effects: as momentum: the effective rate is lr / (1 - mu); one extra number per
weight.
Source: Sutskever et al., "On the importance of initialization and momentum in deep
learning", 2013, eq. 3-4, in the variables of Bengio et al., "Advances in Optimizing
Recurrent Networks", 2012, eq. 7, https://arxiv.org/abs/1212.0901. The update is
torch's; the first step sets m = g.
"""

from typing import Any, Literal

import torch
from torch import Tensor

from trainwell.core import checks
from trainwell.optim._types import Params, PerParameter, prepared


class Nesterov(torch.optim.SGD):
    """Nesterov momentum: torch's SGD with its flag set and a momentum of 0.9.

    Args:
        params: Parameters, or groups such as those of `decay_groups`.
        lr: Learning rate.
        momentum: Fraction of the sum of gradients kept at each step, in (0, 1].
        weight_decay: Added to the gradient as this multiple of the weights.
        foreach: As in torch.
        fused: As in torch.

    Example:
        >>> from trainwell.optim import Nesterov
        >>> weight = torch.nn.Parameter(torch.tensor([2.0]))
        >>> optimizer = Nesterov([weight], lr=0.1)
        >>> weight.square().sum().backward()
        >>> optimizer.step()
        >>> weight
        Parameter containing:
        tensor([1.2400], requires_grad=True)
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
            nesterov=True,
            foreach=foreach,
            fused=fused,
        )


def nesterov(
    params: Params,
    lr: float,
    *,
    momentum: float = 0.9,
    formulation: Literal["sum", "rate"] = "sum",
) -> torch.optim.Optimizer:
    """Descend along the momentum as it will be after this step.

    Args:
        params: Parameters, or groups with their own `weight_decay` (0 if absent).
        lr: Learning rate.
        momentum: Fraction of the sum kept at each step, in (0, 1].
        formulation: `sum` of gradients, times the present rate; or of gradients times
            the `rate` of their own step.

    Raises:
        ValueError: If an argument is out of range or there are no parameters.
    """
    checks.positive("momentum", momentum)
    checks.between("momentum", momentum, 0, 1)
    checks.one_of("formulation", formulation, ("sum", "rate"))
    groups, kernel = prepared(params, lr)
    if formulation == "rate":
        return _RateInside(groups, {"lr": lr, "momentum": momentum})
    return Nesterov(groups, lr, momentum, **kernel)


class _RateInside(PerParameter):
    """Nesterov momentum whose velocity is made of whole steps, rate included."""

    def update(
        self, x: Tensor, g: Tensor, state: dict[str, Any], group: dict[str, Any]
    ) -> None:
        if not state:
            state["velocity"] = torch.zeros_like(x)
        mu, lr = group["momentum"], group["lr"]
        v = state["velocity"].mul_(mu).sub_(g, alpha=lr)
        x.add_(v, alpha=mu).sub_(g, alpha=lr)
