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
def normalization_table(standardize: Standardize) -> npt.NDArray[np.float32]:
    """Return the normalized value of each pixel value, shape (channels, 256).

    y = (x / 255 - mean) / std, computed in float64 and rounded once.
    """
    pixel_values = np.arange(256) / 255
    mean = np.array(standardize.mean)[:, None]
    std = np.array(standardize.std)[:, None]
    table: npt.NDArray[np.float32] = ((pixel_values - mean) / std).astype(np.float32)
    return table


def border_values(standardize: Standardize, border: str) -> npt.NDArray[np.uint8]:
    """Return the pixel value per channel of what lies outside an image."""
    mean = np.rint(np.array(standardize.mean) * 255).astype(np.uint8)
    return np.zeros_like(mean) if border == "black" else mean
