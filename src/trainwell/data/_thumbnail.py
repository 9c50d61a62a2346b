"""Tiny grey copies of images, by which near duplicates are found.

    t = 8 x 9 thumbnail, each cell the mean grey over its area, in pixel values 0 to 255
    hash:  bit (r, c) = t[r, c + 1] > t[r, c], 64 bits read row by row
    likeness(s, t) = correlation of the 72 cells

Two pictures whose hashes differ in a few bits and whose thumbnails correlate usually
show the same thing at another size, compression or brightness. An image whose cells
hardly differ has a hash of noise; `structure` counts neighbours that differ clearly.

Source: N. Krawetz, "Kind of Like That", The Hacker Factor Blog, 2013 (dHash); the
check by correlation is ours: the hash alone calls a sixth of MNIST duplicates.
"""

import functools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from trainwell.data._white_level import Pixels

CELLS = 72
_ROWS, _COLUMNS = 8, 9
_CLEAR = 3
_LUMA = np.array([0.299, 0.587, 0.114], np.float32)

Thumbs = npt.NDArray[np.uint8]


def thumbnails(images: Pixels) -> Thumbs:
    """Average each of n x h x w x c images into an 8 x 9 thumbnail: n x 72."""
    channels = images.shape[3]
    weights = _LUMA if channels == 3 else np.full(channels, 1 / channels, np.float32)
    rows = _area_matrix(images.shape[1], _ROWS)
    columns = _area_matrix(images.shape[2], _COLUMNS)
    folded = images.reshape(len(images), images.shape[1], -1).astype(np.float32)
    means = rows @ (folded @ np.kron(columns, weights).T)
    return np.rint(means).astype(np.uint8).reshape(-1, CELLS)


def stack_thumbs(thumbs: Sequence[bytes]) -> Thumbs:
    """Return stored thumbnails as an array, n x 72."""
    return np.frombuffer(b"".join(thumbs), np.uint8).reshape(-1, CELLS)


def difference_hash(thumbs: Thumbs) -> npt.NDArray[np.uint64]:
    """Return the 64-bit hash of each of n x 72 thumbnails."""
    packed = np.packbits(_steps(thumbs) > 0, axis=1)
    return packed.view(">u8")[:, 0].astype(np.uint64)


def structure(thumbs: Thumbs) -> npt.NDArray[np.int64]:
    """Count, from 0 to 64, the neighbours that differ by more than 3 pixel values."""
    return np.asarray((np.abs(_steps(thumbs)) > _CLEAR).sum(axis=1))


def standardised(thumbs: Thumbs) -> npt.NDArray[np.float32]:
    """Return thumbnails of mean 0 and norm 1: their dot product is the likeness."""
    centred = thumbs - thumbs.mean(axis=1, keepdims=True, dtype=np.float32)
    norm = np.sqrt((centred**2).sum(axis=1, keepdims=True))
    return np.asarray(centred / np.maximum(norm, 1e-6), np.float32)


def is_grey(image: Pixels) -> bool:
    """Tell whether a picture's pixels have equal channels; more bands are no colour."""
    if image.shape[2] != 3:
        return bool(image.shape[2] == 1)
    sparse = image[::8, ::8]
    if (sparse != sparse[:, :, :1]).any():
        return False
    return bool((image == image[:, :, :1]).all())


def _steps(thumbs: Thumbs) -> npt.NDArray[np.int16]:
    cells = thumbs.reshape(-1, _ROWS, _COLUMNS).astype(np.int16)
    return np.diff(cells, axis=2).reshape(-1, 64)


@functools.lru_cache(maxsize=256)
def _area_matrix(size: int, cells: int) -> npt.NDArray[np.float32]:
    """Weights (cells x size) with which each pixel enters the mean of each cell."""
    edges = np.linspace(0, size, cells + 1)
    pixels = np.arange(size)
    right = np.minimum(edges[1:, None], pixels + 1)
    left = np.maximum(edges[:-1, None], pixels)
    return np.asarray(np.clip(right - left, 0, 1) * (cells / size), np.float32)
