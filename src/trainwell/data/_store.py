"""Choose how a dataset's pixels are held: in memory where they fit, else streamed.

Source: none; plumbing.
"""

import numpy as np

from trainwell.core import checks
from trainwell.core.progress import Progress, silent
from trainwell.data._array_dataset import ArrayDataset
from trainwell.data._pack import num_bytes
from trainwell.data._resident import ResidentStore, fill_resident
from trainwell.data._streaming import StreamingStore
from trainwell.data._types import Dataset, ImageStore, PackedImages, bits_of


def open_store(
    dataset: Dataset,
    *,
    short_side: int | None,
    memory_limit: int,
    threads: int,
    progress: Progress = silent,
) -> ImageStore:
    """Return a resident store if the pixels fit `memory_limit` bytes, else a stream.

    Args:
        dataset: Dataset whose pixels are stored.
        short_side: Images are reduced as `shrink` does; None keeps their size.
        memory_limit: Bytes that decoded pixels may take.
        threads: Threads that decode.
        progress: Shows the filling.

    Example:
        >>> from trainwell.data import load, open_store
        >>> train = load("digits").train
        >>> store = open_store(train, short_side=None, memory_limit=2**30, threads=1)
        >>> pack, rows = store.fetch(np.array([3, 1]))
        >>> pack.image(rows[0]).shape
        (8, 8, 1)
    """
    checks.positive("threads", threads)
    if isinstance(dataset, ArrayDataset) and _keeps_size(dataset, short_side):
        return ResidentStore(_view(dataset))
    bits = bits_of(dataset)
    if num_bytes(dataset.sizes, dataset.channels, short_side, bits) <= memory_limit:
        return fill_resident(dataset, short_side, threads, progress)
    return StreamingStore(dataset, short_side, threads)


def _keeps_size(dataset: ArrayDataset, short_side: int | None) -> bool:
    return short_side is None or min(dataset.images.shape[1:3]) <= short_side


def _view(dataset: ArrayDataset) -> PackedImages:
    """Pack images that are in memory already, without a copy where contiguous."""
    count, height, width, channels = dataset.images.shape
    return PackedImages(
        buffer=np.ascontiguousarray(dataset.images).reshape(-1),
        offsets=np.arange(count, dtype=np.int64) * (height * width * channels),
        heights=np.full(count, height, np.int32),
        widths=np.full(count, width, np.int32),
        channels=channels,
    )
