"""Contrast: move pixel values away from the mean grey of the picture, or towards it.

    y = g + f (x - g)

with g the mean luma, rounded; of other than three channels, the mean pixel value.

Use: for pictures of unknown exposure; f within 0.5..1.5.
Side effects: f > 1 cuts off the darkest and brightest pixel values; reads the whole
picture.
Source: Pillow's `ImageEnhance.Contrast`, equal pixel by pixel.
"""

from trainwell.augment.ops import _op_codes
from trainwell.augment.ops._op_sequence import Magnitude, OpSequence, one_op


def contrast(factor: Magnitude) -> OpSequence:
    """Return the operations that multiply contrast by `factor`, shape (n,)."""
    return one_op(_op_codes.CONTRAST, factor)
