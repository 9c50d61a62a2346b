"""A batch, and where batches come from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import torch
from torch import Tensor


@dataclass(frozen=True)
class Batch:
    """Normalised images, targets, and which samples of the dataset they are.

    Attributes:
        images: (n, channels, height, width), on the model's device.
        targets: (n,) class indices or (n, classes) distributions.
        indices: (n,) positions in the dataset, on the CPU.
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
    """Batches by step: a pure function of the step, so a run can start anywhere."""

    @property
    def per_epoch(self) -> int:
        """Steps in one pass over the data."""
        ...

    def stream(self, first: int, last: int) -> Iterator[Batch]:
        """Yield the batches of steps first, first + 1, ... last - 1."""
        ...


def autocast(device: torch.device, precision: str) -> torch.autocast:
    """Return the context in which the forward pass runs at this precision."""
    return torch.autocast(device.type, torch.bfloat16, enabled=precision == "bfloat16")
