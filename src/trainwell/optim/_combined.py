"""Several optimizers that step as one.

Use: when different parameters need different rules.
Side effects: none.
Source: definition.
"""

from typing import Any

import torch

from trainwell.optim._types import ClosureOptimizer


class Combined(ClosureOptimizer):
    """Several optimizers as one; its parameter groups are theirs, in order.

    Args:
        optimizers: Optimizers over disjoint parameters.
    """

    def __init__(self, *optimizers: torch.optim.Optimizer) -> None:
        if not optimizers:
            raise ValueError("`optimizers` must hold at least one, got none.")
        super().__init__([p for o in optimizers for p in _parameters(o)], {})
        self.optimizers = optimizers
        self.param_groups = [g for o in optimizers for g in o.param_groups]
        self.state = _Routed(optimizers)  # type: ignore[assignment]

    def advance(self) -> None:
        """Step every optimizer; the closure has run once, before the first."""
        for optimizer in self.optimizers:
            optimizer.step()

    def state_dict(self) -> dict[str, Any]:
        """Return the states of all, under one roof."""
        return {"optimizers": [o.state_dict() for o in self.optimizers]}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Give every optimizer its own state back."""
        for optimizer, state in zip(
            self.optimizers, state_dict["optimizers"], strict=True
        ):
            optimizer.load_state_dict(state)
        self.param_groups = [g for o in self.optimizers for g in o.param_groups]


class _Routed(dict[torch.Tensor, Any]):
    """The state of each parameter, kept by the optimizer that owns it."""

    def __init__(self, optimizers: tuple[torch.optim.Optimizer, ...]) -> None:
        super().__init__()
        self.owner = {x: o for o in optimizers for x in _parameters(o)}

    def __getitem__(self, x: torch.Tensor) -> Any:  # noqa: ANN401
        return self.owner[x].state[x]


def _parameters(optimizer: torch.optim.Optimizer) -> list[torch.Tensor]:
    return [p for group in optimizer.param_groups for p in group["params"]]
