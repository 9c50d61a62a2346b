"""Checkpoints: one safetensors file, complete or not there at all.

A crash or a full disk at any moment leaves the previous file whole, see `core.files`.
Numbers are JSON in the header, so nothing is ever unpickled. A digest in the header
tells a file that was damaged later.

Source: BLAKE2, RFC 7693.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import safetensors
import safetensors.torch
import torch
from torch import Tensor

from trainwell.core.errors import RunError
from trainwell.core.files import refuse_irregular, write_atomically
from trainwell.core.locks import no_warning
from trainwell.training._state import TrainState

_KEY, _DIGEST = "trainwell", "digest"


def save_tensors(
    path: Path,
    tensors: dict[str, Tensor],
    numbers: dict[str, Any] | None = None,
    *,
    previous: Path | None = None,
) -> None:
    """Write tensors, and numbers as JSON beside them, in one atomic file.

    The file that was there is kept at `previous`, if that is given.

    Example:
        >>> import tempfile, pathlib
        >>> path = pathlib.Path(tempfile.mkdtemp(), "x.safetensors")
        >>> save_tensors(path, {"w": torch.ones(2)}, {"step": 3})
        >>> load_tensors(path)
        ({'w': tensor([1., 1.])}, {'step': 3})
    """
    contiguous = {k: v.detach().cpu().contiguous() for k, v in tensors.items()}
    digest = {_DIGEST: _digest(contiguous, numbers or {})}
    metadata = {_KEY: json.dumps({**(numbers or {}), **digest})}  # two have no order
    data = safetensors.torch.save(contiguous, metadata)
    write_atomically(path, data, previous=previous)


def load_tensors(path: Path) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """Read the tensors and numbers that `save_tensors` wrote.

    Raises:
        RunError: If the file is missing, is not such a file, or was damaged.

    Example:
        >>> import pathlib
        >>> load_tensors(pathlib.Path("none.safetensors"))
        Traceback (most recent call last):
        trainwell.core.errors.RunError: none.safetensors is not a readable ...
    """
    try:
        refuse_irregular(path)
        with safetensors.safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {_KEY: "{}"}
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        numbers = json.loads(metadata.get(_KEY, "null"))
    except (OSError, ValueError, safetensors.SafetensorError) as error:
        raise RunError(f"{path} is not a readable checkpoint: {error}.") from error
    kept = numbers if isinstance(numbers, dict) else {_DIGEST: ""}
    expected = kept.pop(_DIGEST, None)  # earlier versions wrote none
    if expected not in (None, _digest(tensors, kept)):
        raise RunError(
            f"{path} is damaged: it does not hold what was written. Restore it from a "
            "copy, or train again."
        )
    return tensors, kept


def previous_of(path: Path) -> Path:
    """Return where the checkpoint before the one at `path` is kept.

    Example:
        >>> import pathlib
        >>> previous_of(pathlib.Path("last.safetensors")).name
        'last-previous.safetensors'
    """
    return path.with_stem(f"{path.stem}-previous")


def save_checkpoint(path: Path, state: TrainState) -> None:
    """Write the whole training state; keep the checkpoint before it, too.

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
    save_tensors(path, state.tensors(), state.numbers(), previous=previous_of(path))


def load_checkpoint(
    path: Path, state: TrainState, warn: Callable[[str], None] = no_warning
) -> None:
    """Restore a saved training state into `state`, or the one before if it is damaged.

    Args:
        path: The file.
        state: Is changed in place.
        warn: Called with a message if the state before had to be taken.

    Raises:
        RunError: If no such file is whole, or it does not fit this model and optimizer.

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
    try:
        tensors, numbers = load_tensors(path)
    except RunError as error:
        before = previous_of(path)
        if not before.exists():
            raise
        tensors, numbers = load_tensors(before)
        warn(f"{error} Going on from the checkpoint before it, {before.name}.")
    try:
        state.load(tensors, numbers)
    except (KeyError, TypeError, ValueError, RuntimeError) as error:
        raise RunError(
            f"{path} does not fit this recipe's model and optimizer ({error}); "
            "resume with the recipe of the run, or start in another folder."
        ) from error


def _digest(tensors: Mapping[str, Tensor], numbers: dict[str, Any]) -> str:
    """Digest the numbers, and every name, type, shape and value."""
    digest = hashlib.blake2b(json.dumps(numbers).encode(), digest_size=16)
    for name, tensor in sorted(tensors.items()):
        digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}".encode())
        flat = tensor.detach().cpu().contiguous().reshape(-1)
        digest.update(flat.view(torch.uint8).numpy().data)
    return digest.hexdigest()
