"""Run a model in another mode for a moment, and leave it as it was."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import torch
from torch import nn
from torch.utils.hooks import RemovableHandle


def is_norm(module: nn.Module) -> bool:
    """Tell by its class whether a module normalises.

    Example:
        >>> from trainwell.core.modes import is_norm
        >>> is_norm(torch.nn.BatchNorm2d(3)), is_norm(torch.nn.Linear(2, 2))
        (True, False)
    """
    return "norm" in type(module).__name__.lower()


@contextmanager
def modes_kept(model: nn.Module) -> Iterator[None]:
    """Restore the mode of every module afterwards, also after an error.

    Example:
        >>> from trainwell.core.modes import modes_kept
        >>> model = torch.nn.Linear(2, 2)
        >>> with modes_kept(model):
        ...     _ = model.eval()
        >>> model.training
        True
    """
    modes = {module: module.training for module in model.modules()}
    try:
        yield
    finally:
        for module, mode in modes.items():
            module.training = mode


@contextmanager
def evaluating(model: nn.Module, hooks: Iterable[RemovableHandle]) -> Iterator[None]:
    """Evaluate without gradients; hooks are removed and modes put back afterwards."""
    try:
        with modes_kept(model), torch.no_grad():
            model.eval()
            yield
    finally:
        for hook in hooks:
            hook.remove()


@contextmanager
def batch_statistics(model: nn.Module) -> Iterator[None]:
    """Evaluate with the statistics of the batch; afterwards no buffer has moved."""
    buffers = {name: buffer.clone() for name, buffer in model.named_buffers()}
    with modes_kept(model):
        model.eval()
        for module in model.modules():
            if is_norm(module):
                module.train()
        try:
            yield
        finally:
            with torch.no_grad():
                for name, buffer in model.named_buffers():
                    buffer.copy_(buffers[name])
