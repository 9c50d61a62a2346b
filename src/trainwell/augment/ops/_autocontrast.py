"""Autocontrast: stretch each channel to the full range.

    y = 255 (x - low) / (high - low)

Use: in policies of the AutoAugment family.
Side effects: reads the whole picture; a flat channel stays as it is.
Source: Pillow's `ImageOps.autocontrast`, equal pixel by pixel.
"""

from trainwell.augment.ops import _op_codes
from trainwell.augment.ops._op_sequence import OpSequence, one_op


def autocontrast(count: int = 1) -> OpSequence:
    """Return the operation for `count` samples."""
    return one_op(_op_codes.AUTOCONTRAST, count=count)
