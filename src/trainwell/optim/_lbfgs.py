"""L-BFGS: quasi-Newton steps from the last few moves.

    x <- x - t H g

where H is the BFGS approximation of the inverse Hessian made of the last `history`
pairs of moves and changes of the gradient, and t satisfies the strong Wolfe conditions.

Use: for full-batch problems: linear heads on fixed features, small data, style and
class images, fits of a few thousand numbers.
Side effects: needs the whole training set in every evaluation and no noise; each step
is up to `iterations` moves of one or more evaluations; 2 * history extra numbers per
weight.
Source: Liu & Nocedal, "On the limited memory BFGS method for large scale optimization",
1989, algorithm 2.1; the lectures on why it must not see mini-batches. The moves are
torch's.
"""

from typing import Any

import torch
from torch import Tensor

from trainwell.core import checks
from trainwell.optim._full_batch import Closure, FullBatch
from trainwell.optim._types import Params

_LISTS = ("old_dirs", "old_stps", "ro")
_OURS = ("value", "norm")


class LBFGS(FullBatch):
    """Limited-memory BFGS; `step` needs a closure.

    Its state is tensors and numbers, so it fits a checkpoint; the moves are torch's.

    Args:
        params: Parameters, or groups with their own `weight_decay` (0 if absent), which
            is an L2 penalty here.
        lr: Where each line search starts; leave it at 1.
        history: Number of pairs that are kept.
        iterations: Largest number of moves per step.

    Raises:
        ValueError: If an argument is out of range or there are no parameters.

    Example:
        >>> from trainwell.optim import LBFGS
        >>> weight = torch.nn.Parameter(torch.tensor([2.0]))
        >>> optimizer = LBFGS([weight])
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
        self,
        params: Params,
        lr: float = 1.0,
        *,
        history: int = 10,
        iterations: int = 20,
    ) -> None:
        checks.positive("history", history)
        checks.positive("iterations", iterations)
        super().__init__(params, lr)
        self.history, self.iterations = history, iterations

    def move(self, closure: Closure, value: float) -> float:
        """Let torch make its moves."""
        inner = torch.optim.LBFGS(
            self.weights,
            lr=self.param_groups[0]["lr"],
            max_iter=self.iterations,
            history_size=self.history,
            line_search_fn="strong_wolfe",
        )
        inner.state[self.weights[0]].update(_unpacked(self.slots))
        known = [
            value
        ]  # at the present weights, with its gradient: not evaluated again

        def evaluate() -> float:
            with torch.no_grad():
                return known.pop() if known else self.evaluate(closure)

        inner.step(evaluate)
        self.slots.update(_packed(inner.state[self.weights[0]]))
        return self.evaluate(closure)


def _packed(state: dict[str, Any]) -> dict[str, Any]:
    """Stack lists of tensors; leave out what torch recomputes."""
    kept = {k: v for k, v in state.items() if k != "al" and v is not None}
    stacked = {k: torch.stack(kept.pop(k)) for k in _LISTS if kept.get(k)}
    return {k: v for k, v in kept.items() if k not in _LISTS} | stacked


def _unpacked(slots: dict[str, Any]) -> dict[str, Any]:
    lists: dict[str, list[Tensor]] = {k: [*slots.get(k, ())] for k in _LISTS}
    return {k: v for k, v in slots.items() if k not in _OURS} | lists
