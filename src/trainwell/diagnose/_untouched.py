"""Look at a model and leave everything as it was."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import nn

from trainwell.core.modes import batch_statistics


@contextmanager
def untouched(model: nn.Module, device: torch.device) -> Iterator[None]:
    """Norms use the statistics of the batch and noise is off, as at a first look.

    Afterwards modes, buffers and the states of torch's generators are what they were.
    """
    accelerators = [] if device.type == "cpu" else [device]
    kind = "cuda" if device.type == "cpu" else device.type
    with (
        batch_statistics(model),
        torch.random.fork_rng(accelerators, device_type=kind),
    ):
        yield
