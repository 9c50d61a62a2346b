"""Invert: make the negative.

    y = 255 - x

Use: in policies of the AutoAugment family; rarely alone.
Side effects: classes that differ by dark on bright become one.
Source: Pillow's `ImageOps.invert`, equal pixel by pixel.
"""

from trainwell.augment.ops import _op_codes
from trainwell.augment.ops._op_sequence import OpSequence, one_op


def invert(count: int = 1) -> OpSequence:
    """Return the operation for `count` samples."""
    return one_op(_op_codes.INVERT, count=count)
