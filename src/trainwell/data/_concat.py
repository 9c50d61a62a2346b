"""Two datasets of the same classes, one after the other.

Source: none; types.
"""

from typing import Any

import numpy as np

from trainwell.data._fingerprint import fingerprint
from trainwell.data._types import Dataset, Image, bits_of


class ConcatDataset:
    """Samples of `first`, then of `second`; see `Dataset` for the attributes."""

    def __init__(self, first: Dataset, second: Dataset) -> None:
        self.first = first
        self.second = second
        self.classes = first.classes
        self.channels = first.channels
        self.bits = bits_of(first)
        self.targets = np.concatenate([first.targets, second.targets])
        self.keys = np.concatenate([first.keys, second.keys])
        self.names = (*first.names, *second.names)
        self.sizes = np.concatenate([first.sizes, second.sizes])
        self.fingerprint = fingerprint(self.classes, self.targets, self.keys)

    def __len__(self) -> int:
        return len(self.first) + len(self.second)

    def __repr__(self) -> str:
        return f"ConcatDataset({self.first!r}, {self.second!r})"

    def sample(self, index: int, short_side: int | None = None) -> tuple[Image, Any]:
        """Return sample `index` of the dataset that holds it."""
        if index < len(self.first):
            return self.first.sample(index, short_side)
        return self.second.sample(index - len(self.first), short_side)
