"""Images decoded when they are asked for, in threads; nothing is kept.

Threads, not processes: decoding releases the interpreter's lock, and forked
processes copy memory. Fetching ahead is the caller's business.

Source: none; types.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from trainwell.data._pack import empty_pack, fill
from trainwell.data._types import Dataset, PackedImages


class StreamingStore:
    """Decodes into a fresh pack on each fetch; may be used by several threads."""

    def __init__(self, dataset: Dataset, short_side: int | None, threads: int) -> None:
        self.dataset = dataset
        self.short_side = short_side
        self.channels = dataset.channels
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="decode")

    def __len__(self) -> int:
        return len(self.dataset)

    def fetch(
        self, indices: npt.NDArray[np.int64]
    ) -> tuple[PackedImages, npt.NDArray[np.int64]]:
        """Decode the asked images; row i of the pack is `indices[i]`."""
        indices = np.asarray(indices, np.int64)
        pack = empty_pack(self.dataset.sizes[indices], self.channels, self.short_side)
        rows = np.arange(len(indices))
        parts = np.array_split(rows, min(len(rows), 4 * self._threads) or 1)
        jobs = [
            self._pool.submit(
                fill, pack, part, self.dataset, indices[part], self.short_side
            )
            for part in parts
        ]
        for job in jobs:
            job.result()
        return pack, rows
