"""Fit: which crop box of an image the output shows.

    stretch: all of it, aspect ratio changed
    crop:    the largest centred rectangle of its proportions; the ends are lost
    pad:     the smallest such rectangle that holds all of it; the rest is border

Source: definition.
"""

import numpy as np
import numpy.typing as npt

from trainwell.core import checks
from trainwell.core.image_size import ImageSize, height_and_width

FITS = ("pad", "stretch", "crop")


def fit(
    heights: npt.NDArray[np.int32],
    widths: npt.NDArray[np.int32],
    *,
    mode: str,
    size: ImageSize = 1,
) -> npt.NDArray[np.float64]:
    """Return the crop boxes, shape (n, 4), for images of the given sizes in pixels.

    Args:
        heights: Heights of the images, shape (n,).
        widths: Widths of the images, shape (n,).
        mode: `pad`, `stretch` or `crop`.
        size: Size of the output, of which only the proportions count.

    Example:
        >>> from trainwell.augment.ops import fit
        >>> fit(np.array([50]), np.array([100]), mode="pad").tolist()
        [[0.0, -0.5, 1.0, 1.5]]
        >>> fit(np.array([50]), np.array([100]), mode="crop").tolist()
        [[0.25, 0.0, 0.75, 1.0]]
        >>> fit(np.array([50]), np.array([100]), mode="pad", size=(96, 192)).tolist()
        [[0.0, 0.0, 1.0, 1.0]]
    """
    checks.one_of("fit", mode, FITS)
    half = np.full((len(heights), 2), 0.5)
    if mode != "stretch":
        sides = np.stack([widths, heights], 1).astype(np.float64)
        rows, columns = height_and_width(size)
        across, down = sides[:, 0] * rows, sides[:, 1] * columns
        limit = np.maximum(across, down) if mode == "pad" else np.minimum(across, down)
        half = np.stack([limit / rows, limit / columns], 1) / sides / 2
    return np.concatenate([0.5 - half, 0.5 + half], 1)
