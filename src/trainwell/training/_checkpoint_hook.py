"""Save the training state regularly."""

import time
from pathlib import Path

from torch import Tensor

from trainwell.training._batch import Batch
from trainwell.training._checkpoint import save_checkpoint
from trainwell.training._hook import Hook
from trainwell.training._state import TrainState


class SaveRegularly(Hook):
    """Save when `seconds` have passed since the last time, and at the end.

    Args:
        path: The checkpoint; replaced each time.
        seconds: How much work a crash may cost.
    """

    def __init__(self, path: Path, seconds: float) -> None:
        self.path = path
        self.seconds = seconds

    def on_start(self, state: TrainState) -> None:
        """Save at once: a run that dies in its first step can be resumed, too."""
        self._save(state)

    def after_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """Save if it is time."""
        if time.perf_counter() - self.saved >= self.seconds:
            self._save(state)

    def on_end(self, state: TrainState) -> None:
        """Save the last state."""
        self._save(state)

    def _save(self, state: TrainState) -> None:
        save_checkpoint(self.path, state)
        self.saved = time.perf_counter()
