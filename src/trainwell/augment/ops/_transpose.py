"""Transpose: swap rows and columns.

    p - m -> (p - m) with its two numbers swapped,    m the centre

Use: with `rotate90` it gives all eight symmetries of the square.
Side effects: classes that differ by orientation become one; on a canvas that is no
square the ends of the picture are lost, and its other sides show the border.
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
    return WARP.sequence(0.0, 1.0, 0.0, 1.0, 0.0, 0.0, -0.5, -0.5, count=count)
