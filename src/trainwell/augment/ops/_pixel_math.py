"""Pixel math of the reference implementations: slow, in NumPy, written to be read.

Source: ITU-R BT.601 (luma), as Pillow rounds it.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def to_uint8(x: npt.NDArray[np.generic]) -> Pixels:
    """Cut to 8 bits towards zero."""
    return np.clip(x.astype(np.float64), 0, 255).astype(np.uint8)


def blend(low: Ints, x: Ints, factor: float) -> Pixels:
    """Return low + factor (x - low) in float32, as Pillow's Image.blend computes it."""
    difference = np.float32(factor) * (x - low).astype(np.float32)
    return to_uint8(low.astype(np.float32) + difference)


def towards(x: Ints, changed: npt.NDArray[np.generic], amount: float) -> Pixels:
    """Return x blended with what it becomes, cut to 8 bits before, as Pillow does."""
    return blend(x, to_uint8(changed).astype(int), amount)


def luma(x: Ints) -> Ints:
    """Return the luma of ITU-R 601-2 as Pillow rounds it."""
    weighted: Ints = x @ np.array([19595, 38470, 7471])
    return (weighted + 32768) >> 16


def per_channel(
    image: Pixels, function: Callable[[Ints], npt.NDArray[np.generic]]
) -> Pixels:
    """Return `function` of each channel."""
    x = image.astype(int)
    return np.stack([to_uint8(function(x[..., c])) for c in range(x.shape[2])], axis=2)


def of_channels(value: Floats, channels: int) -> Floats:
    """Return one value per channel; the last serves all further ones."""
    return value[np.minimum(np.arange(channels), len(value) - 1)]
