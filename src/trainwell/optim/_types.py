"""What every optimizer here accepts, and how it asks torch to run the update."""

from abc import abstractmethod
from collections.abc import Callable, Iterable
from typing import Any, overload

import torch
from torch import Tensor

from trainwell.core import checks

Params = Iterable[Tensor] | Iterable[dict[str, Any]]
"""Parameters, or groups of them as `decay_groups` makes."""

_FUSED_DEVICES = {"cpu", "cuda", "mps"}


def prepared(params: Params, lr: float) -> tuple[list[Any], dict[str, bool]]:
    """Check what is common to all; return the groups and the choice of kernel.

    The fused kernel walks over memory without looking at strides, so it is chosen
    only for contiguous weights; weights in channels_last take the foreach one. So
    give the model its memory format first: a state restored contiguous under fused
    weights in channels_last would be read in the wrong order.

    Raises:
        ValueError: If there is no parameter, or `lr` is negative.
    """
    checks.between("lr", lr, 0, float("inf"))
    groups: list[Any] = [
        {**g, "params": [*g["params"]]} if isinstance(g, dict) else g for g in params
    ]
    tensors: list[Tensor] = [
        tensor
        for group in groups
        for tensor in (group["params"] if isinstance(group, dict) else [group])
    ]
    if not tensors:
        raise ValueError(
            "`params` must hold at least one parameter, got none; is all frozen?"
        )
    fused = all(
        tensor.device.type in _FUSED_DEVICES
        and tensor.is_floating_point()
        and tensor.is_contiguous()
        for tensor in tensors
    )
    return groups, {"fused": True} if fused else {"foreach": True}


def below_one(name: str, value: float) -> None:
    """Raise ValueError unless 0 <= value < 1."""
    if not 0 <= value < 1:
        raise ValueError(f"`{name}` must be in [0, 1), got {value!r}.")


class ClosureOptimizer(torch.optim.Optimizer):
    """Abstract: an optimizer whose `step` evaluates a closure once, then updates."""

    @overload
    def step(self, closure: None = None) -> None: ...
    @overload
    def step(self, closure: Callable[[], float]) -> float: ...

    @torch.no_grad()
    def step(self, closure: Callable[[], Any] | None = None) -> Any:  # noqa: ANN401
        """Update the parameters; return the loss if a closure computes it."""
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        self.advance()
        return loss

    @abstractmethod
    def advance(self) -> None:
        """Update every parameter that has a gradient."""


class PerParameter(ClosureOptimizer):
    """Abstract: updates each parameter from its own gradient and state."""

    def advance(self) -> None:
        """Update every parameter that has a gradient."""
        for group in self.param_groups:
            for x in group["params"]:
                if x.grad is not None:
                    decay = group.get("weight_decay", 0.0)
                    g = x.grad.add(x, alpha=decay) if decay else x.grad
                    self.update(x, g, self.state[x], group)

    @abstractmethod
    def update(
        self, x: Tensor, g: Tensor, state: dict[str, Any], group: dict[str, Any]
    ) -> None:
        """Change x and its state in place, given the gradient with weight decay."""
