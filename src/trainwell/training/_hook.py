"""The four points at which other code may act on a run."""

from torch import Tensor

from trainwell.training._batch import Batch
from trainwell.training._state import TrainState


class Hook:
    """Does nothing; override what you need. Set `state.stop` to end the run.

    What a hook must find again after a resume goes into `state.memory`.
    """

    def on_start(self, state: TrainState) -> None:
        """Before the first step."""

    def before_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """After backward, before the optimizer: gradients are there."""

    def after_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """After the optimizer; `state.step` already counts this step."""

    def on_end(self, state: TrainState) -> None:
        """After the last step, also when a hook stopped the run; not after an error."""
