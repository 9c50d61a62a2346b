"""Lookahead: slow weights that follow the fast ones of another optimizer.

    x <- the inner optimizer's step                  at every step
    slow <- slow + alpha (x - slow);  x <- slow      at every k-th step

Use: around any optimizer whose weights jitter; gains most at a high, constant rate.
Side effects: one extra number per weight; between two k-th steps the model holds fast
weights, so evaluate after a k-th one; progress per step is smaller, so rates can be
higher.
Source: Zhang et al., "Lookahead Optimizer: k steps forward, 1 step back", 2019,
algorithm 1, https://arxiv.org/abs/1907.08610. The inner state is kept at a k-th step,
as in the paper's experiments.
"""

from collections.abc import Callable
from typing import Any, overload

import torch

from trainwell.core import checks


class Lookahead(torch.optim.Optimizer):
    """An optimizer that steps another one and averages its weights every few steps.

    Args:
        optimizer: Moves the fast weights; its groups and state are shared.
        steps: k, the number of steps between two moves of the slow weights.
        alpha: How far the slow weights go towards the fast ones, in [0, 1].

    Raises:
        ValueError: If an argument is out of range.

    Example:
        >>> from trainwell.optim import Lookahead
        >>> weight = torch.nn.Parameter(torch.tensor([2.0]))
        >>> optimizer = Lookahead(torch.optim.SGD([weight], lr=1.0), steps=1, alpha=0.5)
        >>> weight.sum().backward()
        >>> optimizer.step()
        >>> weight
        Parameter containing:
        tensor([1.5000], requires_grad=True)
    """

    def __init__(
        self, optimizer: torch.optim.Optimizer, *, steps: int = 5, alpha: float = 0.5
    ) -> None:
        checks.positive("steps", steps)
        checks.between("alpha", alpha, 0, 1)
        super().__init__(optimizer.param_groups, {})
        self.optimizer, self.steps, self.alpha = optimizer, steps, alpha
        self._share()

    def _share(self) -> None:
        self.param_groups = self.optimizer.param_groups
        self.state = self.optimizer.state

    @overload
    def step(self, closure: None = None) -> None: ...
    @overload
    def step(self, closure: Callable[[], float]) -> float: ...

    def step(self, closure: Callable[[], Any] | None = None) -> Any:  # noqa: ANN401
        """Step the inner optimizer; at every k-th step, move the slow weights."""
        params = [x for group in self.param_groups for x in group["params"]]
        # an inner optimizer may take slots that are there for its own: it goes first
        fresh = {x: x.detach().clone() for x in params if "slow" not in self.state[x]}
        loss = (
            self.optimizer.step() if closure is None else self.optimizer.step(closure)
        )
        for x in params:
            if x.grad is None:
                continue
            slots = self.state[x]
            slots.setdefault("slow", fresh.get(x))
            slots["slow_steps"] = slots.get("slow_steps", 0) + 1
            if slots["slow_steps"] % self.steps == 0:
                x.detach().copy_(slots["slow"].lerp_(x.detach(), self.alpha))
        return loss

    def state_dict(self) -> dict[str, Any]:
        """Return the inner optimizer's state, slow weights included."""
        return self.optimizer.state_dict()

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Give the inner optimizer its state back, slow weights included."""
        self.optimizer.load_state_dict(state_dict)
        self._share()
