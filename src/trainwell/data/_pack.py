"""Lay out a pack for images of known sizes, and fill rows of it.

Source: none; plumbing.
"""

import numpy as np
import numpy.typing as npt

from trainwell.core.errors import DataError
from trainwell.data._shrink import shrunk_size
from trainwell.data._types import Dataset, PackedImages


def reduced_sizes(
    sizes: npt.NDArray[np.int32], short_side: int | None
) -> npt.NDArray[np.int32]:
    """Return the sizes, shape (n, 2), that `shrink` gives."""
    if short_side is None or not len(sizes) or sizes.min(axis=1).max() <= short_side:
        return sizes
    return np.array(
        [shrunk_size(int(h), int(w), short_side) for h, w in sizes], np.int32
    )


def num_bytes(
    sizes: npt.NDArray[np.int32], channels: int, short_side: int | None, bits: int = 8
) -> int:
    """Return the bytes that the decoded, reduced images take."""
    reduced = reduced_sizes(sizes, short_side).astype(np.int64)
    return int((reduced[:, 0] * reduced[:, 1]).sum()) * channels * (bits // 8)


def empty_pack(
    sizes: npt.NDArray[np.int32], channels: int, short_side: int | None, bits: int = 8
) -> PackedImages:
    """Allocate a pack for images of these full sizes, reduced; pixels undefined."""
    reduced = reduced_sizes(sizes, short_side)
    lengths = reduced.astype(np.int64).prod(axis=1) * channels
    ends = np.cumsum(lengths)
    return PackedImages(
        buffer=np.empty(int(lengths.sum()), f"uint{bits}"),
        offsets=ends - lengths,
        heights=np.ascontiguousarray(reduced[:, 0]),
        widths=np.ascontiguousarray(reduced[:, 1]),
        channels=channels,
    )


def fill(
    pack: PackedImages,
    rows: npt.NDArray[np.int64],
    dataset: Dataset,
    indices: npt.NDArray[np.int64],
    short_side: int | None,
) -> None:
    """Decode samples `indices` into `rows` of the pack."""
    for row, index in zip(rows.tolist(), indices.tolist(), strict=True):
        image, _ = dataset.sample(index, short_side)
        place = pack.image(row)
        if image.shape != place.shape:
            raise DataError(
                f"{dataset.names[index]} has changed since it was scanned: "
                f"{image.shape[1]} x {image.shape[0]} pixels instead of "
                f"{place.shape[1]} x {place.shape[0]}. Start again."
            )
        place[:] = image
