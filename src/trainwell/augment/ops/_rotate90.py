"""Rotate by right angles, counter-clockwise.

    (u, v) -> (1 - v, u)    for one quarter turn, from output to input

Use: where no direction is up; every level is kept, unlike with `rotate`.
Side effects: classes that differ by orientation become one.
Source: definition; equals NumPy's `rot90`.
"""

import numpy as np
import numpy.typing as npt

from trainwell.augment.ops import _codes
from trainwell.augment.ops._steps import Steps, step

_COS = np.array([1.0, 0.0, -1.0, 0.0])
_SIN = np.array([0.0, 1.0, 0.0, -1.0])


def rotate90(turns: npt.NDArray[np.int64] | int) -> Steps:
    """Return the steps that rotate by whole numbers of quarter turns, shape (n,)."""
    quarter = np.atleast_1d(np.asarray(turns, np.int64)) % 4
    cos, sin = _COS[quarter], _SIN[quarter]
    right, down = (1 - cos + sin) / 2, (1 - cos - sin) / 2
    return step(_codes.WARP, cos, -sin, right, sin, cos, down)
