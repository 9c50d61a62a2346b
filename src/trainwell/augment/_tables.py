"""Options of both back ends: the normalization table, the pixel values of the border.

Source: the engine of trainwell's design; see `augment.engine`.
"""

import functools

import numpy as np
import numpy.typing as npt

from trainwell.preprocess import Standardize

BORDERS = ("mean", "reflect", "black")
INTERPOLATIONS = ("nearest", "linear")


@functools.cache
def normalization_table(
    standardize: Standardize, bits: int = 8
) -> npt.NDArray[np.float32]:
    """Return the normalized value of each pixel value, shape (channels, 2^bits).

    y = (x / (2^bits - 1) - mean) / std, computed in float64 and rounded once.
    """
    pixel_values = np.arange(1 << bits) / ((1 << bits) - 1)
    mean = np.array(standardize.mean)[:, None]
    std = np.array(standardize.std)[:, None]
    table: npt.NDArray[np.float32] = ((pixel_values - mean) / std).astype(np.float32)
    return table


def border_values(
    standardize: Standardize, border: str, bits: int = 8
) -> npt.NDArray[np.unsignedinteger]:
    """Return the pixel value per channel of what lies outside an image."""
    highest = (1 << bits) - 1
    mean = np.rint(np.array(standardize.mean) * highest).astype(f"uint{bits}")
    return np.zeros_like(mean) if border == "black" else mean
