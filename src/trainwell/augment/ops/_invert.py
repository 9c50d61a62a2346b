"""Invert: make the negative.

    y = 255 - x

Use: in policies of the AutoAugment family; rarely alone.
Side effects: classes that differ by dark on bright become one.
Source: Pillow's `ImageOps.invert`, equal level by level.
"""

from trainwell.augment.ops import _codes
from trainwell.augment.ops._steps import Steps, step


def invert(count: int = 1) -> Steps:
    """Return the step for `count` samples."""
    return step(_codes.INVERT, count=count)
