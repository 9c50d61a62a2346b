"""Some rows of a pixel store, as a store.

Source: none; types.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainwell.data._types import ImageStore, PackedImages

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class SubsetStore:
    """Rows of a store, as a store; nothing is copied.

    Attributes:
        store: The store with all images.
        rows: Indices of the images in it, shape (n,).

    Example:
        >>> from trainwell.data import SubsetStore, load, open_store
        >>> train = load("digits").train
        >>> store = open_store(train, short_side=None, memory_limit=2**30, threads=1)
        >>> len(SubsetStore(store, np.array([5, 3])))
        2
    """

    store: ImageStore
    rows: Rows

    @property
    def channels(self) -> int:
        """Channels of every image."""
        return self.store.channels

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return f"SubsetStore(images={len(self)} of {len(self.store)})"

    def fetch(self, indices: Rows) -> tuple[PackedImages, Rows]:
        """Return a pack and the row of each requested image in it."""
        return self.store.fetch(self.rows[indices])

    def sizes(self, indices: Rows) -> npt.NDArray[np.int32]:
        """Return heights and widths of the requested images, shape (n, 2)."""
        return self.store.sizes(self.rows[indices])
