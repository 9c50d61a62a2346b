"""What second-order optimizers need: one objective, the same at every evaluation.

    |f(x) - f'(x)| <= u (10 + 1000 max(|f|, |f'|))   for two values at the same weights

where u is the unit of rounding of the weights.

Use: through lbfgs, bfgs and newton.
Side effects: one or two evaluations more per step, to see that the objective is not
random.
Source: Le et al., "On Optimization Methods for Deep Learning", 2011, section 3, on why
these methods need whole batches; the check is ours.
"""

from abc import abstractmethod
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from trainwell.core.errors import UserError
from trainwell.optim._types import Params, prepared

Closure = Callable[[], Tensor]
"""Runs forward and backward over all data, and returns the loss with its graph."""


class NoisyObjectiveError(UserError):
    """An objective gave two values at the same weights.

    Example:
        >>> from trainwell.optim import NoisyObjectiveError
        >>> issubclass(NoisyObjectiveError, tw.core.errors.UserError)
        True
    """


class FullBatch(torch.optim.Optimizer):
    """Steps that evaluate a closure, with all state in the first parameter's slots.

    A group's `weight_decay` adds wd / 2 |x|^2 to the objective.
    """

    def __init__(
        self, params: Params, lr: float, *, largest: int | None = None
    ) -> None:
        groups, _ = prepared(params, lr)
        super().__init__(groups, {"lr": lr, "weight_decay": 0.0})
        if len({group["lr"] for group in self.param_groups}) > 1:
            raise ValueError(
                "`params` must have one learning rate: a second-order step is one for "
                "all; leave `lr` out of the groups."
            )
        size = sum(x.numel() for x in self.weights)
        if largest is not None and size > largest:
            raise ValueError(
                f"`params` must have at most {largest:,} numbers, since a matrix of "
                f"their square is kept, got {size:,}; take lbfgs, or train fewer."
            )

    @property
    def weights(self) -> list[Tensor]:
        """All parameters, in the order of the groups."""
        return [x for group in self.param_groups for x in group["params"]]

    @property
    def slots(self) -> dict[str, Any]:
        """The state, under the first parameter."""
        slots: dict[str, Any] = self.state[self.weights[0]]
        return slots

    @torch.no_grad()
    def step(self, closure: Closure | None = None) -> float:  # type: ignore[override]
        """Make one step; return the objective before it.

        Raises:
            NoisyObjectiveError: If the closure gives two values at the same weights.
            ValueError: If there is no closure.
        """
        if closure is None:
            raise ValueError(
                "`closure` must be given: second-order steps evaluate the loss several "
                "times; pass a function that runs backward and returns the loss."
            )
        value = self._checked(closure)
        moves = self.param_groups[0]["lr"] > 0
        final = self.move(closure, value) if moves else value
        self.slots.update(value=final, norm=self._norm())
        return value

    @abstractmethod
    def move(self, closure: Closure, value: float) -> float:
        """Change the weights, given the value at them; return the value after."""

    def evaluate(self, closure: Closure) -> float:
        """Return the objective; leave its gradient in the parameters."""
        self.zero_grad()
        with torch.enable_grad():
            loss = closure()
        value = float(loss.detach() if isinstance(loss, Tensor) else loss)
        for group in self.param_groups:
            for x in group["params"]:
                if group["weight_decay"] and x.grad is not None:
                    value += group["weight_decay"] / 2 * x.square().sum().item()
                    x.grad.add_(x, alpha=group["weight_decay"])
        return value

    def gradient(self) -> Tensor:
        """Return the gradient as one vector, zero where there is none."""
        return torch.cat(
            [
                (torch.zeros_like(x) if x.grad is None else x.grad).reshape(-1)
                for x in self.weights
            ]
        )

    def place(self) -> Tensor:
        """Return a copy of the weights as one vector."""
        return torch.cat([x.reshape(-1) for x in self.weights])

    def go(self, place: Tensor) -> None:
        """Set the weights from one vector."""
        sizes = [x.numel() for x in self.weights]
        for x, piece in zip(self.weights, place.split(sizes), strict=True):
            x.copy_(piece.view(x.shape))

    def _checked(self, closure: Closure) -> float:
        """Evaluate; compare with the value known here, or evaluate again."""
        value = self.evaluate(closure)
        known = self.slots.get("value")
        if known is None or self.slots["norm"] != self._norm():
            known, value = value, self.evaluate(closure)
        unit = torch.finfo(self.weights[0].dtype).eps
        if abs(value - known) > unit * (10 + 1000 * max(abs(value), abs(known))):
            raise NoisyObjectiveError(
                f"the loss was {known:.9g} and then {value:.9g} at the same weights: "
                "second-order optimizers need a loss without noise. Turn off dropout "
                "and augmentation and use the whole training set in each batch, or "
                "take adamw."
            )
        return value

    def _norm(self) -> float:
        """Return the norm of the weights, which shows whether they were moved since."""
        return float(self.place().norm())
