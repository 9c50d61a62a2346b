"""Horizontal flip: mirror left and right.

Source: definition.
"""

import numpy as np
import numpy.typing as npt


def horizontal_flip(
    windows: npt.NDArray[np.float64], flipped: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float64]:
    """Mirror the samples where `flipped`, shape (n,), is true."""
    mirrored = windows[:, [2, 1, 0, 3]]
    return np.where(flipped[:, None], mirrored, windows)
