"""A batch, and the protocol of a source of batches."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import torch
from torch import Tensor


@dataclass(frozen=True)
class Batch:
    """Normalised images, their targets and their positions in the dataset.

    Attributes:
        images: (n, channels, height, width), on the model's device.
        targets: (n,) class indices or (n, classes) distributions.
        indices: (n,) positions in the dataset, on the CPU.

    Example:
        >>> batch = Batch(torch.randn(5, 3, 8, 8), torch.arange(5), torch.arange(5))
        >>> [len(part) for part in batch.split(2)]
        [3, 2]
    """

    images: Tensor
    targets: Tensor
    indices: Tensor

    def __len__(self) -> int:
        return len(self.indices)

    def split(self, parts: int) -> "list[Batch]":
        """Return `parts` smaller batches of nearly equal size, in order."""
        pieces = zip(
            self.images.tensor_split(parts),
            self.targets.tensor_split(parts),
            self.indices.tensor_split(parts),
            strict=True,
        )
        return [Batch(*piece) for piece in pieces if len(piece[0])]


@runtime_checkable
class Batches(Protocol):
    """Batches as a pure function of the step, so that a run can start anywhere.

    Example:
        >>> class Few:
        ...     per_epoch = 2
        ...     def stream(self, first, last):
        ...         yield from ()
        >>> isinstance(Few(), Batches)
        True
    """

    @property
    def per_epoch(self) -> int:
        """Steps in one pass over the data."""
        ...

    def stream(self, first: int, last: int) -> Iterator[Batch]:
        """Yield the batches of steps first, first + 1, ... last - 1."""
        ...


def autocast(device: torch.device, precision: str) -> torch.autocast:
    """Return the context in which the forward pass runs at this precision.

    Example:
        >>> with autocast(torch.device("cpu"), "bfloat16"):
        ...     (torch.ones(2, 2) @ torch.ones(2, 2)).dtype
        torch.bfloat16
    """
    return torch.autocast(device.type, torch.bfloat16, enabled=precision == "bfloat16")
