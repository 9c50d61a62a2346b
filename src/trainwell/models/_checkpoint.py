"""Read the tensors of a checkpoint file, whoever wrote it."""

from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor

from trainwell.core.errors import ModelError
from trainwell.models._efficientnet_parts import own_names
from trainwell.models._torchvision_names import torchvision_names
from trainwell.models._types import State

_CONTAINERS = ("state_dict", "model_state_dict", "model")
_PREFIXES = ("module.", "_orig_mod.", "model.")


def read_checkpoint(path: Path) -> State:
    """Return the named tensors of a .safetensors or a PyTorch file, or of a run.

    Understood are a plain state dict and one inside of a dict ("state_dict",
    "model_state_dict", "model"). PyTorch files are read with `weights_only=True`:
    nothing in them is executed.

    Raises:
        ModelError: If the file is missing, unreadable, or holds other things.
    """
    if path.is_dir():  # of a run
        path /= "model.safetensors"
    if not path.is_file():
        raise ModelError(f"no weights at {path}; give the path of an existing file.")
    try:
        content = _read(path)
    except UnpicklingError as error:
        raise ModelError(
            f"{path} holds more than tensors and is not opened, since that could run "
            "code; save its state dict alone, best as .safetensors."
        ) from error
    except Exception as error:  # readers of damaged files raise anything
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelError(f"{path} cannot be read as weights: {reason}") from error
    for container in _CONTAINERS:
        if isinstance(content, dict) and isinstance(content.get(container), dict):
            content = content[container]
            break
    if not isinstance(content, dict) or not all(
        isinstance(value, Tensor) for value in content.values()
    ):
        raise ModelError(f"{path} is not a state dict (names with tensors).")
    return content


def _read(path: Path) -> Any:  # noqa: ANN401
    if path.suffix == ".safetensors":
        return load_file(path)
    return torch.load(path, map_location="cpu", weights_only=True)


def renamed(state: State, expected: State) -> State:
    """Strip what wrappers put before every name, or add what the model has there.

    The first renaming that shares a name with `expected` is taken; if there is none,
    the state comes back as it is.
    """
    candidates = [torchvision_names(own_names(state), expected)]
    for candidate in candidates:
        for prefix in _PREFIXES:
            if candidate and all(name.startswith(prefix) for name in candidate):
                inner = {n.removeprefix(prefix): t for n, t in candidate.items()}
                candidates.append(inner)
    for candidate in candidates:
        for prefix in ("", *_PREFIXES):
            if any(prefix + name in expected for name in candidate):
                return {prefix + name: t for name, t in candidate.items()}
    return state
