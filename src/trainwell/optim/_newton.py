"""Newton's method, damped.

    x <- x - lr (H + damping I)^-1 g

The damping grows tenfold until H + damping I is positive definite and the objective
falls, and shrinks tenfold after each step.

Use: to see what curvature buys, and for small convex full-batch problems (up to 5,000
numbers, best some hundreds): a step or ten is all they need.
Side effects: needs the whole training set in every evaluation and no noise; each step
costs as many backward passes as there are numbers, and the cube of that to solve.
Source: Marquardt, "An Algorithm for Least-Squares Estimation of Nonlinear Parameters",
1963 (the damping, here on the Hessian itself); the lectures' x - H^-1 g with damping 0.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import torch
from jaxtyping import Float
from torch import Tensor
from torch.overrides import TorchFunctionMode

from trainwell.core import checks
from trainwell.optim._full_batch import Closure, FullBatch
from trainwell.optim._types import Params

_LARGEST = 5_000
_TRIES = 25


def hessian(loss: Tensor, weights: Sequence[Tensor]) -> Float[Tensor, "n n"]:
    """Return the second derivatives of a loss that still has its graph.

    Raises:
        ValueError: If the loss has no graph, or backward has freed it.
    """
    try:
        grads = torch.autograd.grad(
            loss, weights, create_graph=True, materialize_grads=True
        )
    except RuntimeError as error:
        raise ValueError(
            "`closure` must return the loss tensor with its graph, and may run "
            "`loss.backward()` on it once; return it neither detached nor as a number."
        ) from error
    flat = torch.cat([g.reshape(-1) for g in grads])
    if not flat.requires_grad:
        return torch.zeros(len(flat), len(flat)).to(flat)
    rows = [
        torch.autograd.grad(g, weights, retain_graph=True, materialize_grads=True)
        for g in flat
    ]
    matrix = torch.stack([torch.cat([g.reshape(-1) for g in row]) for row in rows])
    return (matrix + matrix.T) / 2


class _KeepGraph(TorchFunctionMode):
    """Let `loss.backward()` keep the graph, for the second derivatives."""

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:  # noqa: ANN401
        kwargs = kwargs or {}
        if func is Tensor.backward:
            kwargs = kwargs | {"retain_graph": True}
        return func(*args, **kwargs)


class Newton(FullBatch):
    """Newton's method with damping; `step` needs a closure that returns the loss.

    Args:
        params: At most 5,000 numbers, or groups with their own `weight_decay` (0 if
            absent), which is an L2 penalty here.
        lr: Fraction of the step that is taken; 1 is Newton's.
        damping: The smallest damping, and the first one tried; 0 gives the plain method
            where the Hessian is positive definite.

    Raises:
        ValueError: If an argument is out of range, or there are too many parameters or
            none.

    Example:
        >>> from trainwell.optim import Newton
        >>> weight = torch.nn.Parameter(torch.tensor([2.0]))
        >>> optimizer = Newton([weight])
        >>> def closure():
        ...     optimizer.zero_grad()
        ...     loss = (weight - 1).square().sum()
        ...     loss.backward()
        ...     return loss
        >>> before = optimizer.step(closure)
        >>> print(f"{before:.3f} {closure().item():.3f}")
        1.000 0.000
    """

    def __init__(
        self, params: Params, lr: float = 1.0, *, damping: float = 1e-4
    ) -> None:
        checks.between("damping", damping, 0, float("inf"))
        super().__init__(params, lr, largest=_LARGEST)
        self.least = damping

    def move(self, closure: Closure, value: float) -> float:
        """Solve with more and more damping until the objective falls."""
        x, g = self.place(), self.gradient()
        curvature = self._hessian(closure)
        one = torch.eye(len(x), dtype=x.dtype, device=x.device)
        damping = max(self.least, self.slots.get("damping", self.least) / 10)
        for _ in range(_TRIES):
            factor, failed = torch.linalg.cholesky_ex(curvature + damping * one)
            if not failed:
                d = torch.cholesky_solve(g[:, None], factor).squeeze(1)
                self.go(x - self.param_groups[0]["lr"] * d)
                new = self.evaluate(closure)
                if new <= value:
                    self.slots["damping"] = damping
                    return new
            damping = max(10 * damping, 1e-6)
        self.go(x)
        return self.evaluate(closure)

    def _hessian(self, closure: Closure) -> Tensor:
        with torch.enable_grad(), _KeepGraph():
            self.zero_grad()
            loss = closure()
            matrix = hessian(loss, self.weights)
        decay = torch.cat(
            [
                torch.full((x.numel(),), group["weight_decay"] * (x.grad is not None))
                for group in self.param_groups
                for x in group["params"]
            ]
        )
        return matrix + torch.diag(decay.to(matrix))
