"""Save the training state regularly."""

import time
from pathlib import Path

from torch import Tensor

from trainwell.training._batch import Batch
from trainwell.training._checkpoint import save_checkpoint
from trainwell.training._hook import Hook
from trainwell.training._state import TrainState


class SaveRegularly(Hook):
    """Save every `seconds` seconds, and at the end, before and after its evaluation.

    Args:
        path: Checkpoint file; the one that it replaces is kept as `previous_of(path)`.
        seconds: Seconds between two checkpoints, the most that a crash costs.

    Attributes:
        step: Steps of the state that was saved last.

    Example:
        >>> import pathlib
        >>> SaveRegularly(pathlib.Path("state.safetensors"), seconds=60).seconds
        60
    """

    def __init__(self, path: Path, seconds: float) -> None:
        self.path = path
        self.seconds = seconds
        self.step = 0

    def on_start(self, state: TrainState) -> None:
        """Save at once, so that a run that fails in its first step can be resumed."""
        self._save(state)

    def after_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """Save if it is time, or if this was the last step.

        What follows the last step may take long, and must not make a killed run
        forget that it had ended.
        """
        if state.ended or time.perf_counter() - self.saved >= self.seconds:
            self._save(state)

    def on_end(self, state: TrainState) -> None:
        """Save the last state."""
        self._save(state)

    def _save(self, state: TrainState) -> None:
        save_checkpoint(self.path, state)
        self.step = state.step
        self.saved = time.perf_counter()
