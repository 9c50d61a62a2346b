"""Transpose: swap rows and columns.

    (u, v) -> (v, u)

Use: with `rotate90` it gives all eight symmetries of the square.
Side effects: classes that differ by orientation become one.
Source: definition; equals Pillow's `Transpose.TRANSPOSE`.
"""

from trainwell.augment.ops._op_sequence import OpSequence
from trainwell.augment.ops._warp import WARP


def transpose(count: int = 1) -> OpSequence:
    """Return the operation for `count` samples.

    Example:
        >>> from trainwell.augment.ops import transpose
        >>> transpose()
        OpSequence(samples=1, first=['transpose'])
    """
    return WARP.sequence(0.0, 1.0, 0.0, 1.0, 0.0, 0.0, count=count)
