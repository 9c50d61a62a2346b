"""Measure a model and leave everything as it was."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import nn

from trainwell.core.modes import batch_statistics


@contextmanager
def untouched(model: nn.Module, device: torch.device) -> Iterator[None]:
    """While open, norms use the statistics of the batch, and noise is off.

    Afterwards modes, buffers and the states of torch's generators are restored.
    """
    accelerators = [] if device.type == "cpu" else [device]
    kind = "cuda" if device.type == "cpu" else device.type
    with (
        batch_statistics(model),
        torch.random.fork_rng(accelerators, device_type=kind),
    ):
        yield
