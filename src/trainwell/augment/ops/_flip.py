"""Horizontal flip: mirror left and right.

    u -> 1 - u

Use: for almost every photograph; not where left and right differ, as in text.
Side effects: classes that differ by their side become one; points must swap names.
Source: definition; equals Pillow's `ImageOps.mirror`.
"""

import numpy as np
import numpy.typing as npt

from trainwell.augment.ops._op_sequence import Floats, OpSequence
from trainwell.augment.ops._warp import WARP


def horizontal_flip(crop_boxes: Floats, flipped: npt.NDArray[np.bool_]) -> Floats:
    """Mirror the crop boxes of the samples where `flipped`, shape (n,), is true.

    Example:
        >>> from trainwell.augment.ops import horizontal_flip
        >>> crop_boxes = np.array([[0.0, 0.0, 1.0, 1.0]])
        >>> horizontal_flip(crop_boxes, np.array([True])).tolist()
        [[1.0, 0.0, 0.0, 1.0]]
    """
    mirrored = crop_boxes[:, [2, 1, 0, 3]]
    return np.where(flipped[:, None], mirrored, crop_boxes)


def flip(count: int = 1) -> OpSequence:
    """Return the flip of `count` samples as an operation that may follow others.

    Example:
        >>> from trainwell.augment.ops import flip
        >>> flip()
        OpSequence(samples=1, first=['flip'])
    """
    return WARP.sequence(-1.0, 0.0, 1.0, 0.0, 1.0, 0.0, count=count)
