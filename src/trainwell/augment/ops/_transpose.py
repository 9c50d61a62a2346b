"""Transpose: swap rows and columns.

    (u, v) -> (v, u)

Use: with `rotate90` it gives all eight symmetries of the square.
Side effects: classes that differ by orientation become one.
Source: definition; equals Pillow's `Transpose.TRANSPOSE`.
"""

from trainwell.augment.ops import _codes
from trainwell.augment.ops._steps import Steps, step


def transpose(count: int = 1) -> Steps:
    """Return the step for `count` samples."""
    return step(_codes.WARP, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, count=count)
