"""Posterize: keep the highest bits of every level.

    y = x - x mod 2^(8 - b)

Use: in policies of the AutoAugment family, 4 to 8 bits.
Side effects: 8 bits change nothing, 0 make it black.
Source: Pillow's `ImageOps.posterize`, equal level by level.
"""

import numpy as np

from trainwell.augment.ops import _codes
from trainwell.augment.ops._steps import Magnitude, Steps, step
from trainwell.core import checks


def posterize(bits: Magnitude) -> Steps:
    """Return the steps that keep whole numbers of `bits` in [0, 8], shape (n,)."""
    checks.between("bits", float(np.min(bits)), 0, 8)
    checks.between("bits", float(np.max(bits)), 0, 8)
    return step(_codes.POSTERIZE, bits)
