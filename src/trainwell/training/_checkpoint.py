"""Checkpoints: one safetensors file, complete or not there at all.

A crash or a full disk at any moment leaves the previous file whole, see `core.files`.
Numbers are JSON in the header, so nothing is ever unpickled.
"""

import json
from pathlib import Path
from typing import Any

import safetensors
import safetensors.torch
from torch import Tensor

from trainwell.core.errors import RunError
from trainwell.core.files import write_atomically
from trainwell.training._state import TrainState

_KEY = "trainwell"


def save_tensors(
    path: Path, tensors: dict[str, Tensor], numbers: dict[str, Any] | None = None
) -> None:
    """Write tensors, and numbers as JSON beside them, in one atomic file.

    Example:
        >>> import tempfile, pathlib
        >>> path = pathlib.Path(tempfile.mkdtemp(), "x.safetensors")
        >>> save_tensors(path, {"w": torch.ones(2)}, {"step": 3})
        >>> load_tensors(path)
        ({'w': tensor([1., 1.])}, {'step': 3})
    """
    contiguous = {k: v.detach().cpu().contiguous() for k, v in tensors.items()}
    metadata = {_KEY: json.dumps(numbers or {})}
    write_atomically(path, safetensors.torch.save(contiguous, metadata))


def load_tensors(path: Path) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """Read the tensors and numbers that `save_tensors` wrote.

    Raises:
        RunError: If the file is missing or is not such a file.

    Example:
        >>> import pathlib
        >>> load_tensors(pathlib.Path("none.safetensors"))
        Traceback (most recent call last):
        trainwell.core.errors.RunError: none.safetensors is not a readable ...
    """
    try:
        with safetensors.safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        return tensors, json.loads(metadata.get(_KEY, "{}"))
    except (OSError, safetensors.SafetensorError, json.JSONDecodeError) as error:
        raise RunError(f"{path} is not a readable checkpoint: {error}.") from error


def save_checkpoint(path: Path, state: TrainState) -> None:
    """Write the whole training state.

    Example:
        >>> import tempfile, pathlib
        >>> path = pathlib.Path(tempfile.mkdtemp(), "state.safetensors")
        >>> model = torch.nn.Linear(2, 2)
        >>> state = TrainState(model=model, total_steps=10,
        ...                    optimizer=torch.optim.SGD(model.parameters(), lr=0.1))
        >>> save_checkpoint(path, state)
        >>> path.exists()
        True
    """
    save_tensors(path, state.tensors(), state.numbers())


def load_checkpoint(path: Path, state: TrainState) -> None:
    """Restore a saved training state into `state`.

    Raises:
        RunError: If the file does not fit this model and optimizer.

    Example:
        >>> import tempfile, pathlib
        >>> path = pathlib.Path(tempfile.mkdtemp(), "state.safetensors")
        >>> model = torch.nn.Linear(2, 2)
        >>> state = TrainState(model=model, total_steps=10,
        ...                    optimizer=torch.optim.SGD(model.parameters(), lr=0.1))
        >>> state.step = 7
        >>> save_checkpoint(path, state)
        >>> state.step = 0
        >>> load_checkpoint(path, state)
        >>> state.step
        7
    """
    tensors, numbers = load_tensors(path)
    try:
        state.load(tensors, numbers)
    except (KeyError, ValueError, RuntimeError) as error:
        raise RunError(
            f"{path} does not fit this recipe's model and optimizer ({error}); "
            "resume with the recipe of the run, or start in another folder."
        ) from error
