"""Sharpness: move every pixel away from its smoothed self, or towards it.

    y = s + f (x - s),    s = x * (1 1 1; 1 5 1; 1 1 1) / 13

The outermost pixels stay as they are; 0 smooths, 1 changes nothing, 2 sharpens.

Use: in policies of the AutoAugment family; f within 0.1..1.9.
Side effects: f > 1 raises noise.
Source: Pillow's `ImageEnhance.Sharpness`, equal pixel by pixel.
"""

from trainwell.augment.ops import _op_codes
from trainwell.augment.ops._op_sequence import Magnitude, OpSequence, one_op


def sharpness(factor: Magnitude) -> OpSequence:
    """Return the operations that multiply sharpness by `factor`, shape (n,)."""
    return one_op(_op_codes.SHARPNESS, factor)
