"""Fit a run to a wall time: plan the number of steps, and correct the plan."""

from torch import Tensor

from trainwell.training._batch import Batch
from trainwell.training._hook import Hook
from trainwell.training._state import TrainState

_PLAN_UNTIL = 0.8  # later, the schedule has no room left to follow a longer plan


class TimeLimit(Hook):
    """Replan `state.total_steps` after each epoch so that the run ends in time.

    The plan assumes that the next epochs take as long as the last one, with steps,
    evaluations and checkpoints. It may grow or shrink; near the end it only shrinks.
    The progress of the schedule goes on from where it is: a change of plan bends the
    curve of the learning rate, which never leaps.

    Args:
        seconds: Limit of `state.seconds`.
        per_epoch: Number of steps in an epoch.
        reserve: Seconds to keep for the work after the last step.

    Example:
        >>> TimeLimit(seconds=60, per_epoch=100, reserve=2).seconds
        58
    """

    def __init__(self, seconds: float, per_epoch: int, reserve: float = 0.0) -> None:
        self.seconds = seconds - reserve
        self.per_epoch = per_epoch
        self.marked: tuple[int, float] | None = None

    def after_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """Replan at the end of an epoch; stop when the time is over."""
        left = self.seconds - state.seconds
        if left <= 0:
            state.stop = "time"
        elif self.marked is None:  # the first step is slow: caches, memory, kernels
            self.marked = (state.step, state.seconds)
        elif state.step % self.per_epoch == 0:
            step, seconds = self.marked
            self.marked = (state.step, state.seconds)
            per_step = (state.seconds - seconds) / (state.step - step)
            planned = state.step + max(1, int(left / per_step))
            if planned < state.total_steps or state.progress < _PLAN_UNTIL:
                state.replan(planned)
