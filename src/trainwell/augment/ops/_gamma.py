"""Gamma: raise every level to a power.

    y = 255 (x / 255)^g

Use: for pictures of unknown exposure, without cutting any level off; 0.8..1.25.
Side effects: none.
Source: definition; torchvision's `adjust_gamma` cuts to 8 bits where we round.
"""

import numpy as np

from trainwell.augment.ops import _codes
from trainwell.augment.ops._steps import Magnitude, Steps, step
from trainwell.core import checks


def gamma(exponent: Magnitude) -> Steps:
    """Return the steps that raise to `exponent`, at least 0, shape (n,)."""
    checks.between("exponent", float(np.min(exponent)), 0, float("inf"))
    return step(_codes.GAMMA, exponent)
