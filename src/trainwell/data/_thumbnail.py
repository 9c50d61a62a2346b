"""A perceptual fingerprint of an image: which neighbours in a tiny copy are brighter.

    t = 8 x 9 grey thumbnail, each cell the mean over its area
    bit (r, c) = t[r, c + 1] > t[r, c],  64 bits read row by row

Two pictures whose hashes differ in a few bits usually show the same thing at another
size or compression. An image whose cells hardly differ has a hash of noise; so
`structure` counts the neighbours that differ by more than `CLEAR` levels.

Source: N. Krawetz, "Kind of Like That", The Hacker Factor Blog, 2013 (dHash).
"""

import functools

import numpy as np
import numpy.typing as npt

from trainwell.data._types import Image

CLEAR = 3.0
_LUMA = np.array([0.299, 0.587, 0.114], np.float32)
_ROWS, _COLUMNS = 8, 9


def thumbnails(images: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Average each of n x h x w x c images into an 8 x 9 grey thumbnail."""
    channels = images.shape[3]
    weights = _LUMA if channels == 3 else np.full(channels, 1 / channels, np.float32)
    rows = _area_matrix(images.shape[1], _ROWS)
    columns = _area_matrix(images.shape[2], _COLUMNS)
    folded = images.reshape(len(images), images.shape[1], -1).astype(np.float32)
    across = folded @ np.kron(columns, weights).T
    return np.asarray(rows @ across)


def difference_hash(
    thumbs: npt.NDArray[np.float32],
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint8]]:
    """Return the 64-bit hash and the structure, 0 to 64, of n x 8 x 9 thumbnails."""
    steps = np.diff(thumbs, axis=2).reshape(len(thumbs), 64)
    packed = np.packbits(steps > 0, axis=1)
    structure = (np.abs(steps) > CLEAR).sum(axis=1).astype(np.uint8)
    return packed.view(">u8")[:, 0].astype(np.uint64), structure


def is_grey(image: Image) -> bool:
    """Tell whether every pixel has equal channels."""
    if image.shape[2] == 1:
        return True
    first = image[:, :, :1]
    coarse = image[::8, ::8]
    if (coarse != coarse[:, :, :1]).any():
        return False
    return bool((image == first).all())


@functools.lru_cache(maxsize=256)
def _area_matrix(size: int, cells: int) -> npt.NDArray[np.float32]:
    """Weights (cells x size) with which each pixel enters the mean of each cell."""
    edges = np.linspace(0, size, cells + 1)
    pixels = np.arange(size)
    overlap = np.minimum(edges[1:, None], pixels + 1) - np.maximum(
        edges[:-1, None], pixels
    )
    return np.asarray(np.clip(overlap, 0, 1) * (cells / size), np.float32)
