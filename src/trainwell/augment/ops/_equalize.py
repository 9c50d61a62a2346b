"""Equalize: make each channel use all pixel values equally often.

    y = (s / 2 + pixels darker than x) / s,
    s = (all pixels - those of the brightest pixel value) / 255,    both divisions whole

Use: in policies of the AutoAugment family.
Side effects: reads the whole picture; a flat channel stays, as does one with fewer than
255 pixels.
Source: Pillow's `ImageOps.equalize`, equal pixel by pixel.
"""

from trainwell.augment.ops import _op_codes
from trainwell.augment.ops._op_sequence import OpSequence, one_op


def equalize(count: int = 1) -> OpSequence:
    """Return the operation for `count` samples."""
    return one_op(_op_codes.EQUALIZE, count=count)
