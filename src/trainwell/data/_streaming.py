"""Images decoded when they are asked for, in threads; nothing is kept.

Threads, not processes: decoding releases the interpreter's lock, and forked
processes copy memory. Fetching ahead is the caller's business.

Source: none; types.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from trainwell.data._pack import empty_pack, fill, reduced_sizes
from trainwell.data._pack_images import pack_images
from trainwell.data._part import Part, part_of
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

    def sizes(self, indices: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
        """Return heights and widths as `fetch` would hand them out, shape (n, 2)."""
        return reduced_sizes(self.dataset.sizes[indices], self.short_side)

    def fetch_windows(
        self,
        indices: npt.NDArray[np.int64],
        windows: npt.NDArray[np.float64],
        size: int,
    ) -> tuple[PackedImages, npt.NDArray[np.int64], npt.NDArray[np.float64]]:
        """Decode what a window of each image shows; they are not reduced first."""

        def decode(row: int) -> Part:
            return part_of(self.dataset, int(indices[row]), windows[row].tolist(), size)

        parts = list(self._pool.map(decode, range(len(indices))))
        whole = np.array([(p.width, p.height) for p in parts])
        there = np.array([p.image.shape[1::-1] for p in parts])
        pack = pack_images([p.image for p in parts])
        return pack, np.arange(len(parts)), windows * np.tile(whole / there, 2)
