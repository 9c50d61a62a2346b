"""The progress of a training as lines, for logs and other places without a terminal."""

import time
from collections.abc import Callable

from torch import Tensor

from trainwell.training import Batch, Hook, TrainState

_APART = 3.0  # seconds between two lines, at least


class EvaluationLines(Hook):
    """Say a line per evaluation, at most one every few seconds, and the last one.

    Args:
        say: Shows a line.
        per_epoch: Number of steps in an epoch.
        apart: Seconds between two lines, at least.
    """

    def __init__(
        self, say: Callable[[str], None], per_epoch: int, apart: float = _APART
    ) -> None:
        self.say, self.per_epoch, self.apart = say, per_epoch, apart
        self.losses: list[Tensor] = []
        self.said: float | None = None

    def on_start(self, state: TrainState) -> None:
        """Note when the training began."""
        self.begun = self.shown = time.perf_counter()
        self.first = state.step
        self.said = state.memory.get("evaluated_step")

    def after_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """Say the line of a new evaluation, unless one was said just before."""
        self.losses = [*self.losses[-self.per_epoch :], loss.detach()]
        if time.perf_counter() - self.shown >= self.apart:
            self._say(state)

    def on_end(self, state: TrainState) -> None:
        """Say the last evaluation."""
        self._say(state)

    def _say(self, state: TrainState) -> None:
        evaluated = state.memory.get("evaluated_step")
        if evaluated is None or evaluated == self.said:
            return
        self.said, self.shown = evaluated, time.perf_counter()
        done = state.step - self.first
        spent = self.shown - self.begun
        left = spent / max(done, 1) * max(state.total_steps - state.step, 0)
        loss = sum(x.item() for x in self.losses) / max(len(self.losses), 1)
        self.say(
            f"epoch {evaluated / self.per_epoch:.1f} of "
            f"{state.total_steps / self.per_epoch:.1f}  loss {loss:.3f}  "
            f"val {state.memory['val_headline']:.3f}  "
            f"lr {state.optimizer.param_groups[0]['lr']:.2g}  {_time(left)} left"
        )


def _time(seconds: float) -> str:
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    return f"{whole // 60} min" if whole < 3600 else f"{whole / 3600:.1f} h"
