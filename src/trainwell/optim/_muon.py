"""Muon: momentum whose update is orthogonalised, for matrices and filters.

    m <- rho m + g
    u = orthogonalise(g + rho m)            (Nesterov; else of m)
    w <- w sqrt(rows) / |w|_F - lr u        (normalize=True)
    w <- (1 - lr wd) w - lr u sqrt(max(1, rows / columns))    (normalize=False)

Convolution filters are flattened to (out, in * height * width). `orthogonalise`
pushes all singular values towards 1 by Newton-Schulz iteration of an odd quintic.

Use: for hidden matrices and filters, with another optimizer for the rest, as
`Muon(model)` does.
Side effects: one extra number per weight and a few matrix products per step; learning
rates are not those of SGD or Adam.
Source: Jordan et al., "Muon: An optimizer for hidden layers in neural networks",
2024, https://kellerjordan.github.io/posts/muon; `normalize=True`, which keeps each
weight at a fixed norm, is the form of the airbench94 record by the same author.
"""

from collections.abc import Iterable
from typing import Any

import torch
from jaxtyping import Float
from torch import Tensor

from trainwell.core import checks
from trainwell.optim._types import ClosureOptimizer

_QUINTIC = (3.4445, -4.7750, 2.0315)


def orthogonalise(
    matrix: Float[Tensor, "rows columns"], *, steps: int = 5
) -> Float[Tensor, "rows columns"]:
    """Approximate U V^T of the singular value decomposition U S V^T.

    Args:
        matrix: Any matrix that is not all zeros.
        steps: Newton-Schulz iterations; singular values end in about [0.7, 1.2].
    """
    a, b, c = _QUINTIC
    x = matrix / (matrix.norm() + 1e-7)
    tall = x.shape[0] > x.shape[1]
    if tall:
        x = x.T
    for _ in range(steps):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    result: Tensor = x.T if tall else x
    return result


class MuonMatrices(ClosureOptimizer):
    """Orthogonalised momentum for every parameter with two or more axes.

    Args:
        params: Matrices and convolution filters, or groups of them.
        lr: Learning rate.
        momentum: rho.
        nesterov: Look ahead along the momentum.
        weight_decay: Decoupled decay; only without `normalize`.
        normalize: Hold each weight's Frobenius norm at the square root of its rows.
        steps: Newton-Schulz iterations.
    """

    def __init__(  # noqa: PLR0913
        self,
        params: Iterable[Any],
        lr: float = 0.02,
        *,
        momentum: float = 0.95,
        nesterov: bool = True,
        weight_decay: float = 0.0,
        normalize: bool = False,
        steps: int = 5,
    ) -> None:
        checks.between("lr", lr, 0, float("inf"))
        checks.between("momentum", momentum, 0, 1)
        checks.between("weight_decay", weight_decay, 0, float("inf"))
        super().__init__(
            params,
            {
                "lr": lr,
                "momentum": momentum,
                "nesterov": nesterov,
                "weight_decay": weight_decay,
                "normalize": normalize,
                "steps": steps,
            },
        )
        for group in self.param_groups:
            for x in group["params"]:
                if x.ndim < 2:
                    raise ValueError(
                        "Muon updates parameters with two axes or more, got shape "
                        f"{tuple(x.shape)}; pass the model itself, `Muon(model)`, "
                        "which gives biases, norms and the head to another optimizer."
                    )

    def advance(self) -> None:
        """Update every parameter that has a gradient."""
        for group in self.param_groups:
            for x in group["params"]:
                if x.grad is None:
                    continue
                state = self.state[x]
                if not state:
                    state["momentum"] = torch.zeros_like(x)
                _muon_update(x, x.grad, state["momentum"], group)


def _muon_update(x: Tensor, g: Tensor, m: Tensor, group: dict[str, Any]) -> None:
    """One step in place on the parameter x and its momentum m."""
    m.mul_(group["momentum"]).add_(g)
    u = g.add(m, alpha=group["momentum"]) if group["nesterov"] else m
    rows = x.shape[0]
    u = orthogonalise(u.reshape(rows, -1), steps=group["steps"])
    if group["normalize"]:
        x.mul_(rows**0.5 / x.norm())
        scale = 1.0
    else:
        x.mul_(1 - group["lr"] * group["weight_decay"])
        scale = max(1.0, rows / u.shape[1]) ** 0.5
    x.add_(u.view(x.shape), alpha=-group["lr"] * scale)
