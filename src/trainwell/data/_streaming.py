"""Images decoded on demand, in threads; nothing is kept.

Threads, not processes: decoding releases the interpreter's lock, and forked
processes copy memory. Prefetching is up to the caller.

Source: none; types.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from trainwell.core.image_size import ImageSize
from trainwell.data._pack import empty_pack, fill, reduced_sizes
from trainwell.data._pack_images import pack_of_one
from trainwell.data._partial_decode import decode_crop
from trainwell.data._types import Dataset, PackedImages, bits_of


class StreamingStore:
    """Decodes into a fresh pack on each fetch; may be used by several threads.

    Example:
        >>> from trainwell.data import StreamingStore, load
        >>> StreamingStore(load("digits").train, short_side=None, threads=2)
        StreamingStore(images=1283, threads=2)
    """

    def __init__(self, dataset: Dataset, short_side: int | None, threads: int) -> None:
        self.dataset = dataset
        self.short_side = short_side
        self.channels = dataset.channels
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="decode")

    def __len__(self) -> int:
        return len(self.dataset)

    def __repr__(self) -> str:
        return f"StreamingStore(images={len(self)}, threads={self._threads})"

    def fetch(
        self, indices: npt.NDArray[np.int64]
    ) -> tuple[PackedImages, npt.NDArray[np.int64]]:
        """Decode the requested images; row i of the pack is `indices[i]`."""
        indices = np.asarray(indices, np.int64)
        pack = empty_pack(
            self.dataset.sizes[indices],
            self.channels,
            self.short_side,
            bits_of(self.dataset),
        )
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

    def for_each_crop(
        self,
        indices: npt.NDArray[np.int64],
        crop_boxes: npt.NDArray[np.float64],
        size: ImageSize,
        show: Callable[[int, PackedImages, npt.NDArray[np.float64]], None],
    ) -> None:
        """Decode what a crop box of each image shows, and show it in the same thread.

        Args:
            indices: Samples, shape (n,).
            crop_boxes: Crop boxes in widths and heights of the image, shape (n, 4).
            size: Size of the output in pixels: a square's side, or (height, width).
            show: Is called with i, the pixels of image i as a pack of one, and the
                crop box in widths and heights of that, shape (4,).
        """

        def one(i: int) -> None:
            partial = decode_crop(
                self.dataset, int(indices[i]), crop_boxes[i].tolist(), size
            )
            height, width = partial.image.shape[:2]
            scale = np.array([partial.width / width, partial.height / height])
            show(i, pack_of_one(partial.image), crop_boxes[i] * np.tile(scale, 2))

        list(self._pool.map(one, range(len(indices))))
