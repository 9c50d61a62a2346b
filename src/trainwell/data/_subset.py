"""Some samples of a dataset, in a given order.

Source: none; types.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from trainwell.data._fingerprint import fingerprint
from trainwell.data._types import Dataset, Image, bits_of


class Subset:
    """Samples `indices` of `dataset`; see `Dataset` for the attributes."""

    def __init__(self, dataset: Dataset, indices: npt.NDArray[np.int64]) -> None:
        self.dataset = dataset
        self.indices = indices
        self.classes = dataset.classes
        self.targets = dataset.targets[indices]
        self.keys = dataset.keys[indices]
        self.names = tuple(dataset.names[i] for i in indices)
        self.sizes = dataset.sizes[indices]
        self.channels = dataset.channels
        self.bits = bits_of(dataset)
        self.fingerprint = fingerprint(self.classes, self.targets, self.keys)

    def __len__(self) -> int:
        return len(self.indices)

    def __repr__(self) -> str:
        return f"Subset(images={len(self)} of {len(self.dataset)})"

    def sample(self, index: int, short_side: int | None = None) -> tuple[Image, Any]:
        """Return sample `indices[index]` of the dataset below."""
        return self.dataset.sample(int(self.indices[index]), short_side)


def subset(
    dataset: Dataset, indices: Sequence[int] | npt.NDArray[np.integer]
) -> Dataset:
    """Return the samples at `indices`, in that order; a subset of one is flattened.

    Example:
        >>> from trainwell.data import load, subset
        >>> subset(load("digits").train, [3, 1, 4])
        Subset(images=3 of 1283)
    """
    chosen = np.asarray(indices, np.int64).reshape(-1)
    if isinstance(dataset, Subset):
        return Subset(dataset.dataset, dataset.indices[chosen])
    return Subset(dataset, chosen)
