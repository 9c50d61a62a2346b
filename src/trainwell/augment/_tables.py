"""What both back ends take from the options: the last table, and the border's levels.

Source: the engine of trainwell's design; see `augment.engine`.
"""

import functools

import numpy as np
import numpy.typing as npt

from trainwell.preprocess import Standardize

BORDERS = ("mean", "reflect", "black")
INTERPOLATIONS = ("nearest", "linear")


@functools.cache
def normalisation_table(standardize: Standardize) -> npt.NDArray[np.float32]:
    """Return, per channel, what each of the 256 levels becomes: shape (channels, 256).

    y = (x / 255 - mean) / std, computed in float64 and rounded once.
    """
    levels = np.arange(256) / 255
    mean = np.array(standardize.mean)[:, None]
    std = np.array(standardize.std)[:, None]
    table: npt.NDArray[np.float32] = ((levels - mean) / std).astype(np.float32)
    return table


def border_levels(standardize: Standardize, border: str) -> npt.NDArray[np.uint8]:
    """Return the level per channel of what lies outside an image."""
    mean = np.rint(np.array(standardize.mean) * 255).astype(np.uint8)
    return np.zeros_like(mean) if border == "black" else mean
