"""Bounds on what a file may make of the memory, stated where one is met.

A file of kilobytes can declare terabytes: what a header says is compared with what
the file holds and with these, before memory is taken.

Source: none; the numbers are ours.
"""

import math
from collections.abc import Sequence
from io import BufferedIOBase
from pathlib import Path

from trainwell.core.device import memory_bytes
from trainwell.core.errors import DataError

MAX_ROWS = 20_000_000
"""Rows of a table; the largest public sets of images have about as many."""

MAX_TABLE_BYTES = 1 << 32
"""Bytes of a table, as stored and unpacked."""

MAX_PIXELS = 250_000_000
"""An image that declares more is refused before memory is taken for it."""

MAX_SIDE = 100_000
"""The most pixels of a row or a column: a decoder may take memory by the row."""
MAX_VALUES = 4 * MAX_PIXELS
"""The most values in all bands of an image: those of colour with transparency."""


def max_array_bytes() -> int:
    """Return the bytes that one array of a file may take: this machine's memory."""
    return memory_bytes()


def refuse_large_array(where: str, shape: Sequence[int], item_bytes: int) -> int:
    """Return the bytes of an array of this shape, if the memory can hold them.

    Raises:
        DataError: It is larger than the memory.
    """
    size = math.prod(shape) * item_bytes
    if size > max_array_bytes():
        raise DataError(
            f"{where} declares the shape {tuple(shape)}, {readable(size)}; the limit "
            f"is this machine's memory, {readable(max_array_bytes())}."
        )
    return size


def refuse_many_rows(name: str, count: int) -> None:
    """Raise DataError for a table of more rows than `MAX_ROWS`."""
    if count > MAX_ROWS:
        raise DataError(
            f"{name} has {count:,} rows, more than the limit of {MAX_ROWS:,}; give "
            "fewer."
        )


def refuse_large_table(path: Path, size: int) -> None:
    """Raise DataError for a table of more bytes than `MAX_TABLE_BYTES`."""
    if size > MAX_TABLE_BYTES:
        raise DataError(
            f"{path} has {readable(size)}, more than the limit of "
            f"{readable(MAX_TABLE_BYTES)} for a table."
        )


class BoundedReader(BufferedIOBase):
    """A stream that refuses to give more bytes than a limit.

    Raises:
        DataError: From `read`, before more is given.
    """

    def __init__(self, stream: BufferedIOBase, limit: int, path: Path) -> None:
        self._stream, self._left, self._limit = stream, limit, limit
        self._path = path

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """Return some bytes, or all."""
        wanted = self._left + 1 if size is None or size < 0 else size
        found = self._stream.read(min(wanted, self._left + 1))
        self._left -= len(found)
        if self._left < 0:
            raise DataError(
                f"{self._path} unpacks to more than the limit of "
                f"{readable(self._limit)}."
            )
        return found


def readable(size: float) -> str:
    """Return a number of bytes with a unit."""
    for unit in ("bytes", "KiB", "MiB", "GiB", "TiB"):
        if size < 1024:
            return f"{size:.4g} {unit}"
        size /= 1024
    return f"{size:.4g} PiB"


def refuse_too_large(height: int, width: int, bands: int = 1) -> None:
    """Raise DataError for an image that declares too many pixels, or none."""
    if height * width > MAX_PIXELS or max(height, width) > MAX_SIDE:
        raise too_large(f"{width} x {height} pixels")
    if height * width * bands > MAX_VALUES:
        raise DataError(
            f"it declares {width} x {height} pixels of {bands} bands, more than the "
            f"limit of {MAX_VALUES // 10**6} million values; reduce it first"
        )
    if height * width == 0:
        raise DataError("it has no pixels")


def too_large(declared: str) -> DataError:
    """Return the error for an image that declares too much."""
    return DataError(
        f"it declares {declared}, more than the limit of {MAX_PIXELS // 10**6} "
        f"megapixels and {MAX_SIDE} pixels a side; reduce it first"
    )
