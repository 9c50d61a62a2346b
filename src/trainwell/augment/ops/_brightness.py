"""Brightness: multiply every pixel value.

    y = f x

Use: for pictures of unknown exposure; f within 0.5..1.5.
Side effects: f > 1 cuts off the bright pixel values.
Source: Pillow's `ImageEnhance.Brightness`, equal pixel by pixel.
"""

from trainwell.augment.ops import _op_codes
from trainwell.augment.ops._op_sequence import Magnitude, OpSequence, one_op


def brightness(factor: Magnitude) -> OpSequence:
    """Return the operations that multiply by `factor`, shape (n,)."""
    return one_op(_op_codes.SCALE, factor)
