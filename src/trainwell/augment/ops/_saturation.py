"""Saturation: move every pixel away from its own grey, or towards it.

    y = g + f (x - g)

with g the luma of the pixel; 0 is greyscale. Pillow and AutoAugment call it Color.

Use: for pictures of unknown white balance; f within 0.5..1.5.
Side effects: none on images of other than three channels.
Source: Pillow's `ImageEnhance.Color`, equal pixel by pixel.
"""

from trainwell.augment.ops import _op_codes
from trainwell.augment.ops._op_sequence import Magnitude, OpSequence, one_op


def saturation(factor: Magnitude) -> OpSequence:
    """Return the operations that multiply saturation by `factor`, shape (n,)."""
    return one_op(_op_codes.SATURATION, factor)
