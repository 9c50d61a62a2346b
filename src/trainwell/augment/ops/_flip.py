"""Horizontal flip: mirror left and right.

    u -> 1 - u

Use: for almost every photograph; not where left and right differ, as in text.
Side effects: classes that differ by their side become one; points must swap names.
Source: definition; equals Pillow's `ImageOps.mirror`.
"""

import numpy as np
import numpy.typing as npt

from trainwell.augment.ops import _codes
from trainwell.augment.ops._steps import Floats, Steps, step


def horizontal_flip(windows: Floats, flipped: npt.NDArray[np.bool_]) -> Floats:
    """Mirror the windows of the samples where `flipped`, shape (n,), is true."""
    mirrored = windows[:, [2, 1, 0, 3]]
    return np.where(flipped[:, None], mirrored, windows)


def flip(count: int = 1) -> Steps:
    """Return the flip of `count` samples as a step that can stand behind others."""
    return step(_codes.WARP, -1.0, 0.0, 1.0, 0.0, 1.0, 0.0, count=count)
