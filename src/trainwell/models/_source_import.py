"""Any nn.Module of the user by its import path, `package.module:Class`.

Only classes of modules, and functions written in Python, are called, none of Python's
own: what a name from a file stands for must not be able to act.
"""

import functools
import importlib
import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn

from trainwell.core.errors import ModelError
from trainwell.core.modes import modes_kept
from trainwell.models._arguments import accepted
from trainwell.models._types import ModelSpec, State, example, square_hint
from trainwell.preprocess import Standardize

_folders: list[str] = []


def import_from(folder: str) -> None:
    """Let networks be imported from a folder, too, after all installed modules.

    It is on the path only while a named module is imported or called: a library that
    looks for an optional package must not find a file of that name there.

    Example:
        >>> import_from("/home/me/project")
    """
    if folder not in _folders:
        _folders.append(folder)


@contextmanager
def _own_folders() -> Iterator[None]:
    added = [folder for folder in _folders if folder not in sys.path]
    sys.path.extend(added)
    try:
        yield
    finally:
        for folder in added:
            if folder in sys.path:
                sys.path.remove(folder)


def check_name(name: str) -> None:
    """Raise ModelError if it cannot be imported."""
    _factory(name)


def native_size(name: str) -> int:
    """Raise ModelError: it is unknown."""
    raise ModelError(f"`image_size` must be given for `{name}`.")


def resolve(spec: ModelSpec) -> ModelSpec:
    """Return the specification; nothing is missing in it."""
    accepted(_factory(spec.name), spec)
    return spec


def build(spec: ModelSpec) -> nn.Module:
    """Import, call with the keyword arguments it accepts, and try it on two images.

    Raises:
        ModelError: If any of this fails, the result is not an nn.Module, or it does
            not return one logit per class.
    """
    factory = _factory(spec.name)
    keywords = accepted(factory, spec)
    try:
        with _own_folders():
            model = factory(**keywords)
    except Exception as error:  # the user's code may raise anything
        failed = _failed(spec.name, "cannot be built", error).rstrip(".")
        raise ModelError(f"{failed}.{square_hint(spec)}") from error
    if not isinstance(model, nn.Module):
        raise ModelError(
            f"`{spec.name}` must give an nn.Module, got {type(model).__name__}."
        )
    check_outputs(model, spec)
    return model


def published(spec: ModelSpec) -> State:
    """Raise ModelError: there are none to fetch."""
    raise ModelError(
        f"no weights come with `{spec.name}`; give `pretrained` the path of a file."
    )


def preprocessing(spec: ModelSpec, state: State) -> Standardize | None:
    """Return None: it is unknown."""
    return None


def _factory(name: str) -> Callable[..., Any]:
    module_name, _, attribute = name.partition(":")
    if _is_pythons_own(module_name):
        raise ModelError(f"`{name}` is no network: {module_name} is a part of Python.")
    try:
        with _own_folders():
            value = getattr(importlib.import_module(module_name), attribute)
    except Exception as error:  # importing runs the user's code
        raise ModelError(_failed(name, "cannot be imported", error)) from error
    factory: Callable[..., Any] = value
    while isinstance(value, functools.partial):
        value = value.func
    own = not _is_pythons_own(getattr(value, "__module__", None) or "")
    is_network = inspect.isclass(value) and issubclass(value, nn.Module)
    if not (is_network or (own and inspect.isfunction(value))):
        raise ModelError(
            f"`{name}` must be a class of networks (torch.nn.Module), or a function "
            f"that returns one, got {value!r}."
        )
    return factory


def _is_pythons_own(module: str) -> bool:
    return module.partition(".")[0] in sys.stdlib_module_names


def _failed(name: str, what: str, error: Exception) -> str:
    lines = str(error).splitlines() or [""]
    return f"`{name}` {what}: {type(error).__name__}: {lines[0]}"


def check_outputs(model: nn.Module, spec: ModelSpec) -> None:
    """Run two black images through a model, which stays as it is.

    Raises:
        ModelError: If it fails, or does not return one logit per class.

    Example:
        >>> model = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(64, 3))
        >>> spec = ModelSpec("mine", num_classes=3, in_channels=1, image_size=8)
        >>> print(check_outputs(model, spec))
        None
    """
    outputs = _outputs(model, spec)
    shape = tuple(outputs.shape) if isinstance(outputs, Tensor) else None
    if shape != (2, spec.num_classes):
        got = type(outputs).__name__ if shape is None else f"shape {shape}"
        raise ModelError(
            f"`{spec.name}` must return logits of shape (2, {spec.num_classes}) for 2 "
            f"images, got {got}."
        )


def num_outputs(model: nn.Module, spec: ModelSpec) -> int:
    """Return how many logits a model returns for the images of a specification.

    Raises:
        ModelError: If it fails on them.

    Example:
        >>> model = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(64, 3))
        >>> spec = ModelSpec("mine", num_classes=10, in_channels=1, image_size=8)
        >>> num_outputs(model, spec)
        3
    """
    outputs = _outputs(model, spec)
    fits = isinstance(outputs, Tensor) and outputs.ndim == 2
    return outputs.shape[1] if fits else spec.num_classes


@torch.no_grad()
def _outputs(model: nn.Module, spec: ModelSpec) -> Any:  # noqa: ANN401
    """Return what a model, which stays as it is, returns for two black images."""
    images = example(spec)
    try:
        with modes_kept(model):
            return model.eval()(images)
    except Exception as error:  # the user's code may raise anything
        what = f"fails on images of shape {tuple(images.shape)}"
        raise ModelError(
            f"{_failed(spec.name, what, error).rstrip('.')}. If it reads images of "
            "another size, set `data.image_size`; of other channels, `data.channels`."
        ) from error
