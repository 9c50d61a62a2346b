"""BFGS: quasi-Newton steps with a whole matrix.

    x <- x + t d,   d = -H g
    H <- (I - r s y^T) H (I - r y s^T) + r s s^T,   r = 1 / y^T s

where s is the move and y the change of the gradient. t satisfies the weak Wolfe
conditions; H starts as the identity times y^T s / y^T y of the first move.

Use: for small full-batch problems (up to 5,000 numbers) where L-BFGS forgets too much.
Side effects: needs the whole training set in every evaluation and no noise; a matrix of
the square of the number of weights.
Source: Nocedal & Wright, "Numerical Optimization", 2006, eq. 6.17-6.20; the line search
of Lewis & Overton, "Nonsmooth optimization via quasi-Newton methods", 2013, algorithm
2.6.
"""

import math

import torch
from jaxtyping import Float
from torch import Tensor

from trainwell.core import checks
from trainwell.optim._full_batch import Closure, FullBatch
from trainwell.optim._types import Params

_LARGEST = 5_000
_SMALLEST_GRADIENT = 1e-7
_DECREASE, _CURVATURE, _TRIES = 1e-4, 0.9, 30


def bfgs_update(
    inverse: Float[Tensor, "n n"], s: Float[Tensor, " n"], y: Float[Tensor, " n"]
) -> Float[Tensor, "n n"]:
    """Return the inverse Hessian that maps y, the change of the gradient, to s."""
    r = 1 / (y @ s)
    left = torch.eye(len(s), dtype=s.dtype, device=s.device) - r * torch.outer(s, y)
    return left @ inverse @ left.T + r * torch.outer(s, s)


class BFGS(FullBatch):
    """The method of Broyden, Fletcher, Goldfarb and Shanno; `step` needs a closure.

    Args:
        params: At most 5,000 numbers, or groups with their own `weight_decay` (0 if
            absent), which is an L2 penalty here.
        lr: Where each line search starts; leave it at 1.
        iterations: Largest number of moves per step.

    Raises:
        ValueError: If an argument is out of range, or there are too many parameters or
            none.

    Example:
        >>> from trainwell.optim import BFGS
        >>> weight = torch.nn.Parameter(torch.tensor([2.0]))
        >>> optimizer = BFGS([weight])
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
        self, params: Params, lr: float = 1.0, *, iterations: int = 20
    ) -> None:
        checks.positive("iterations", iterations)
        super().__init__(params, lr, largest=_LARGEST)
        self.iterations = iterations

    def move(self, closure: Closure, value: float) -> float:
        """Search along one direction after another."""
        for _ in range(self.iterations):
            x, g = self.place(), self.gradient()
            if g.abs().max() <= _SMALLEST_GRADIENT:
                break
            inverse = self.slots.get("inverse")
            d = -g / max(1.0, g.norm().item()) if inverse is None else -(inverse @ g)
            found = self._search(closure, value, x, g, d)
            if found is None:
                self.go(x)
                self.slots.pop("inverse", None)
                value = self.evaluate(closure)
                if inverse is None:
                    break
                continue
            value = found
            s, y = self.place() - x, self.gradient() - g
            if y @ s > 1e-10 * s.norm() * y.norm():
                if inverse is None:
                    inverse = torch.diag(torch.ones_like(s) * (y @ s) / (y @ y))
                self.slots["inverse"] = bfgs_update(inverse, s, y)
        return value

    def _search(
        self, closure: Closure, value: float, x: Tensor, g: Tensor, d: Tensor
    ) -> float | None:
        """Go along d until weak Wolfe holds; None if nothing falls."""
        slope = (g @ d).item()
        low, high, t = 0.0, math.inf, float(self.param_groups[0]["lr"])
        fallen = None
        for _ in range(_TRIES):
            self.go(x + t * d)
            new = self.evaluate(closure)
            if not new <= value + _DECREASE * t * slope:  # NaN is no decrease
                high, fallen = t, None
            elif (self.gradient() @ d).item() < _CURVATURE * slope:
                low, fallen = t, new
            else:
                return new
            t = (low + high) / 2 if high < math.inf else 2 * low
        return fallen
