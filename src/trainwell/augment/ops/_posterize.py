"""Posterize: keep the highest bits of every pixel value.

    y = x - x mod 2^(8 - b)

Use: in policies of the AutoAugment family, 4 to 8 bits.
Side effects: 8 bits change nothing, 0 make it black.
Source: Pillow's `ImageOps.posterize`, equal pixel by pixel.
"""

import numpy as np

from trainwell.augment.ops import _op_codes
from trainwell.augment.ops._op_sequence import Magnitude, OpSequence, one_op
from trainwell.core import checks


def posterize(bits: Magnitude) -> OpSequence:
    """Return the operations that keep whole numbers of `bits` in [0, 8], shape (n,)."""
    checks.between("bits", float(np.min(bits)), 0, 8)
    checks.between("bits", float(np.max(bits)), 0, 8)
    return one_op(_op_codes.POSTERIZE, bits)
