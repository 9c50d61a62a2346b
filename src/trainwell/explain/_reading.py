"""Read a network without leaving a trace: modes, gradients, hooks and random numbers.

Source: definition.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import nn

from trainwell.core.modes import modes_kept


@contextmanager
def reading(network: nn.Module) -> Iterator[None]:
    """Evaluate with gradients; modes and the random state are put back afterwards."""
    with modes_kept(network), torch.random.fork_rng(), torch.enable_grad():
        network.eval()
        yield
