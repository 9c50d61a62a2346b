"""All images decoded once and kept in memory, in one flat buffer.

Source: none; types.
"""

import numpy as np
import numpy.typing as npt
import torch

from trainwell.core.progress import Progress, silent
from trainwell.data._device_images import DeviceImages, to_device
from trainwell.data._pack import empty_pack, fill
from trainwell.data._threads import in_threads
from trainwell.data._types import Dataset, PackedImages, bits_of

_CHUNK = 32


class ResidentStore:
    """Hands out its one pack; nothing is copied or decoded after it was filled.

    Example:
        >>> from trainwell.data import load, open_store
        >>> train = load("digits").train
        >>> store = open_store(train, short_side=None, memory_limit=2**30, threads=1)
        >>> store
        ResidentStore(images=1283, megabytes=0.1)
    """

    def __init__(self, pack: PackedImages) -> None:
        self.pack = pack
        self.channels = pack.channels
        self._moved: dict[torch.device, DeviceImages] = {}

    def __len__(self) -> int:
        return len(self.pack)

    def __repr__(self) -> str:
        size = self.pack.buffer.nbytes / 1e6
        return f"ResidentStore(images={len(self)}, megabytes={size:.1f})"

    def fetch(
        self, indices: npt.NDArray[np.int64]
    ) -> tuple[PackedImages, npt.NDArray[np.int64]]:
        """Return the pack and the requested rows, which are the indices themselves."""
        return self.pack, np.asarray(indices, np.int64)

    def sizes(self, indices: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
        """Return heights and widths, shape (n, 2)."""
        return np.stack([self.pack.heights[indices], self.pack.widths[indices]], axis=1)

    def on(self, device: torch.device) -> DeviceImages:
        """Return the pack on a device, where its pixels are put once and stay."""
        if device not in self._moved:
            self._moved[device] = to_device(self.pack, device)
        return self._moved[device]


def fill_resident(
    dataset: Dataset,
    short_side: int | None,
    threads: int,
    progress: Progress = silent,
) -> ResidentStore:
    """Decode every image of `dataset` into one pack, in threads."""
    indices = np.arange(len(dataset))
    bits = bits_of(dataset)
    pack = empty_pack(dataset.sizes, dataset.channels, short_side, bits)
    chunks = [indices[i : i + _CHUNK] for i in range(0, len(indices), _CHUNK)]

    def decode(rows: npt.NDArray[np.int64]) -> int:
        fill(pack, rows, dataset, rows, short_side)
        return len(rows)

    with progress("Decoding images", len(dataset)) as advance:
        for count in in_threads(decode, chunks, threads):
            advance(count)
    return ResidentStore(pack)
