"""Rows of a store, as a store."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainwell.data import ImageStore, PackedImages

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class SubsetStore:
    """Rows of a store, as a store.

    Attributes:
        store: The one below.
        rows: Which of its images.
    """

    store: ImageStore
    rows: Rows

    @property
    def channels(self) -> int:
        """Of every image."""
        return self.store.channels

    def __len__(self) -> int:
        return len(self.rows)

    def fetch(self, indices: Rows) -> tuple[PackedImages, Rows]:
        """Return a pack and the row of each asked image in it."""
        return self.store.fetch(self.rows[indices])

    def sizes(self, indices: Rows) -> npt.NDArray[np.int32]:
        """Return heights and widths of the asked images, shape (n, 2)."""
        return self.store.sizes(self.rows[indices])
