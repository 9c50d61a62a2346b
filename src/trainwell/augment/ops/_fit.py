"""Fit: which window of an image a square output shows.

    stretch: all of it, aspect ratio changed
    crop:    the largest centred square; the ends of the long side are lost
    pad:     the smallest centred square that holds all of it; the rest is border

Source: definition.
"""

import numpy as np
import numpy.typing as npt

from trainwell.core import checks

FITS = ("pad", "stretch", "crop")


def fit(
    heights: npt.NDArray[np.int32], widths: npt.NDArray[np.int32], *, how: str
) -> npt.NDArray[np.float64]:
    """Return the windows, shape (n, 4), for images of the given sizes in pixels."""
    checks.one_of("fit", how, FITS)
    half = np.full((len(heights), 2), 0.5)
    if how != "stretch":
        sides = np.stack([widths, heights], 1).astype(np.float64)
        shown = sides.max(1) if how == "pad" else sides.min(1)
        half = shown[:, None] / sides / 2
    return np.concatenate([0.5 - half, 0.5 + half], 1)
