"""Reduce the learning rate when validation stops improving."""

from collections.abc import Callable, Sequence

from torch import Tensor

from trainwell.training._batch import Batch
from trainwell.training._hook import Hook
from trainwell.training._state import TrainState


class ReduceOnPlateau(Hook):
    """Multiply every learning rate by a function of the validation accuracies so far.

    They live in `state.memory`, so a resumed run continues at the same rate. The hook
    must follow `EvaluateRegularly` in the list of hooks.

    Args:
        rule: Function from the accuracies, oldest first, to a factor, such as
            `schedules.reduce_on_plateau`.

    Example:
        >>> hook = ReduceOnPlateau(lambda accuracies: 0.1 if len(accuracies) > 5 else 1)
        >>> model = torch.nn.Linear(2, 2)
        >>> state = TrainState(model=model, total_steps=10,
        ...                    optimizer=torch.optim.SGD(model.parameters(), lr=0.1))
        >>> hook.on_start(state)
        >>> state.optimizer.param_groups[0]["initial_lr"]
        0.1
    """

    def __init__(self, rule: Callable[[Sequence[float]], float]) -> None:
        self.rule = rule
        self.rates: list[float] = []

    def on_start(self, state: TrainState) -> None:
        """Store the initial learning rates, and lower them as before the resume."""
        self.rates = [group["initial_lr"] for group in state.optimizer.param_groups]
        self._lower(state)

    def after_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """Store a new accuracy, if there is one."""
        if state.memory.get("evaluated_step") == state.step:
            count = len(_history(state))
            state.memory[f"validation.{count}"] = state.memory["val_headline"]
            self._lower(state)

    def _lower(self, state: TrainState) -> None:
        factor = self.rule(_history(state))
        groups = state.optimizer.param_groups
        for group, rate in zip(groups, self.rates, strict=True):
            group["initial_lr"] = rate * factor


def _history(state: TrainState) -> list[float]:
    count = sum(name.startswith("validation.") for name in state.memory)
    return [state.memory[f"validation.{i}"] for i in range(count)]
