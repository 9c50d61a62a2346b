"""Hooks: the four points at which other code may act on a run."""

from torch import Tensor

from trainwell.training._batch import Batch
from trainwell.training._state import TrainState


class Hook:
    """A hook that does nothing; override the points you need.

    Set `state.stop` to end the run. Numbers that must survive a resume belong into
    `state.memory`, tensors into `state.arrays`.

    Example:
        >>> class StopEarly(Hook):
        ...     def after_step(self, state, batch, loss):
        ...         if loss < 0.1:
        ...             state.stop = "good enough"
        >>> isinstance(StopEarly(), Hook)
        True
    """

    def on_start(self, state: TrainState) -> None:
        """Before the first step."""

    def before_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """After the backward pass, before the optimizer."""

    def after_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """After the optimizer; `state.step` already counts this step."""

    def on_end(self, state: TrainState) -> None:
        """After the last step, also when a hook stopped the run; not after an error."""
