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
        targets: (n,) class indices or (n, classes) distributions; or what else is
            predicted.
        indices: (n,) positions in the dataset, on the CPU.
        frames: (n, 4) x, y, width and height of the image in what is shown, in pixels
            of the image, on the CPU: what is at (u, v) of it, in fractions, is at
            (x + u width, y + v height) of the image. None where this was not asked for.

    Example:
        >>> batch = Batch(torch.randn(5, 3, 8, 8), torch.arange(5), torch.arange(5))
        >>> [len(part) for part in batch.split(2)]
        [3, 2]
    """

    images: Tensor
    targets: Tensor
    indices: Tensor
    frames: Tensor | None = None

    def __len__(self) -> int:
        return len(self.indices)

    def split(self, parts: int) -> "list[Batch]":
        """Return `parts` smaller batches of nearly equal size, in order."""
        whole = (self.images, self.targets, self.indices, self.frames)
        given = [part for part in whole if part is not None]
        pieces = zip(*(part.tensor_split(parts) for part in given), strict=True)
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
