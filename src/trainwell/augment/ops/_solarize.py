"""Solarize: invert the pixel values from a threshold on.

    y = x if x < t else 255 - x

Use: in policies of the AutoAugment family.
Side effects: a threshold of 256 changes nothing, 0 inverts.
Source: Pillow's `ImageOps.solarize`, equal pixel by pixel.
"""

from trainwell.augment.ops import _op_codes
from trainwell.augment.ops._op_sequence import Magnitude, OpSequence, one_op


def solarize(threshold: Magnitude) -> OpSequence:
    """Return the operations that invert pixel values from `threshold` on, (n,)."""
    return one_op(_op_codes.SOLARIZE, threshold)
