"""Rotate by right angles, counter-clockwise.

    (u, v) -> (1 - v, u)    for one quarter turn of a square, from output to input

Use: where no direction is up; every pixel value is kept, unlike with `rotate`.
Side effects: classes that differ by orientation become one; on a canvas that is no
square the ends of the picture are lost, and its other sides show the border.
Source: definition; equals NumPy's `rot90`.
"""

import numpy as np
import numpy.typing as npt

from trainwell.augment.ops._op_sequence import OpSequence
from trainwell.augment.ops._warp import WARP

_COS = np.array([1.0, 0.0, -1.0, 0.0])
_SIN = np.array([0.0, 1.0, 0.0, -1.0])


def rotate90(turns: npt.NDArray[np.int64] | int) -> OpSequence:
    """Return the operations that rotate by quarter turns, whole numbers, shape (n,).

    Example:
        >>> from trainwell.augment.ops import rotate90
        >>> rotate90(1)
        OpSequence(samples=1, first=['rotate 90°'])
    """
    quarter = np.atleast_1d(np.asarray(turns, np.int64)) % 4
    cos, sin = _COS[quarter], _SIN[quarter]
    right, down = (1 - cos + sin) / 2, (1 - cos - sin) / 2
    return WARP.sequence(cos, -sin, right, sin, cos, down, sin / 2, -sin / 2)
