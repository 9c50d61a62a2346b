"""Gamma: raise every pixel value to a power.

    y = 255 (x / 255)^g

Use: for pictures of unknown exposure, without cutting any pixel value off; 0.8..1.25.
Side effects: none.
Source: definition; torchvision's `adjust_gamma` cuts to 8 bits where we round.
"""

import numpy as np

from trainwell.augment.ops import _op_codes
from trainwell.augment.ops._op_sequence import Magnitude, OpSequence, one_op
from trainwell.core import checks


def gamma(exponent: Magnitude) -> OpSequence:
    """Return the operations that raise to `exponent`, at least 0, shape (n,)."""
    checks.between("exponent", float(np.min(exponent)), 0, float("inf"))
    return one_op(_op_codes.GAMMA, exponent)
