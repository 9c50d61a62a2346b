"""Keep the weights of every epoch, for a look back, or an average of some of them.

    w_e = weights at the end of epoch e    -> FOLDER/NNN.safetensors

Use: to evaluate, export or average any moment of a training afterwards.
Side effects: a file per epoch, as large as the final weights.

Source: none; a copy.
"""

import math
from collections.abc import Callable
from pathlib import Path

from torch import Tensor, nn

from trainwell.core import checks
from trainwell.training._batch import Batch
from trainwell.training._checkpoint import save_tensors
from trainwell.training._hook import Hook
from trainwell.training._state import TrainState


def epoch_path(folder: Path, epoch: int) -> Path:
    """Return the file of the weights at the end of an epoch, counted from 1.

    Example:
        >>> import pathlib
        >>> epoch_path(pathlib.Path("epochs"), 7).name
        '007.safetensors'
    """
    return folder / f"{epoch:03d}.safetensors"


def kept_epochs(folder: Path) -> list[int]:
    """Return the epochs whose weights a folder holds, in order.

    Example:
        >>> import pathlib, tempfile
        >>> kept_epochs(pathlib.Path(tempfile.mkdtemp()))
        []
    """
    names = (path.stem for path in folder.glob("*.safetensors"))
    return sorted(int(name) for name in names if name.isdecimal())


class KeepEpochs(Hook):
    """Save the weights at the end of every epoch, and at the end of the run.

    A last epoch that was cut short counts as one.

    Args:
        folder: Folder of the files; made if it is missing.
        per_epoch: Number of steps per epoch.
        model_of: Function from the state to the model to save: the trained one, or an
            average of it.

    Example:
        >>> import pathlib, tempfile
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> model = torch.nn.Linear(2, 2)
        >>> state = TrainState(model=model, total_steps=20,
        ...                    optimizer=torch.optim.SGD(model.parameters(), lr=0.1))
        >>> hook = KeepEpochs(folder, per_epoch=10, model_of=lambda state: state.model)
        >>> for state.step in (10, 15, 20):
        ...     hook.after_step(state, batch=None, loss=None)
        >>> kept_epochs(folder)
        [1, 2]
    """

    def __init__(
        self,
        folder: Path,
        per_epoch: int,
        model_of: Callable[[TrainState], nn.Module],
    ) -> None:
        checks.positive("per_epoch", per_epoch)
        self.folder, self.per_epoch, self.model_of = folder, per_epoch, model_of

    def after_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """Save if this was the last step of an epoch."""
        if state.step % self.per_epoch == 0:
            self._save(state)

    def on_end(self, state: TrainState) -> None:
        """Save an epoch that was cut short; after a signal it is not over."""
        if state.stop != "signal" and state.step % self.per_epoch:
            self._save(state)

    def _save(self, state: TrainState) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        epoch = math.ceil(state.step / self.per_epoch)
        save_tensors(epoch_path(self.folder, epoch), self.model_of(state).state_dict())
