"""Fit: which crop box of an image a square output shows.

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
    heights: npt.NDArray[np.int32], widths: npt.NDArray[np.int32], *, mode: str
) -> npt.NDArray[np.float64]:
    """Return the crop boxes, shape (n, 4), for images of the given sizes in pixels.

    Example:
        >>> from trainwell.augment.ops import fit
        >>> fit(np.array([50]), np.array([100]), mode="pad").tolist()
        [[0.0, -0.5, 1.0, 1.5]]
        >>> fit(np.array([50]), np.array([100]), mode="crop").tolist()
        [[0.25, 0.0, 0.75, 1.0]]
    """
    checks.one_of("fit", mode, FITS)
    half = np.full((len(heights), 2), 0.5)
    if mode != "stretch":
        sides = np.stack([widths, heights], 1).astype(np.float64)
        shown = sides.max(1) if mode == "pad" else sides.min(1)
        half = shown[:, None] / sides / 2
    return np.concatenate([0.5 - half, 0.5 + half], 1)
