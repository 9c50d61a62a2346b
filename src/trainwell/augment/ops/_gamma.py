"""Gamma: raise every pixel value to a power.

    y = 255 (x / 255)^g

Use: for pictures of unknown exposure, without cutting any pixel value off; 0.8..1.25.
Side effects: none.
Source: definition; torchvision's `adjust_gamma` cuts to 8 bits where we round.
"""

import numpy as np

from trainwell.augment.ops._op_sequence import Floats, Magnitude, OpSequence
from trainwell.augment.ops._op_spec import OpSpec, describe_first
from trainwell.augment.ops._pixel_math import Pixels, to_uint8
from trainwell.core import checks


def _reference(image: Pixels, value: Floats, fill: Pixels) -> Pixels:
    return to_uint8(255 * (image / 255) ** value[0] + 0.5)


GAMMA = OpSpec("gamma", 15, ("exponent",), describe_first("gamma"), _reference)


def gamma(exponent: Magnitude) -> OpSequence:
    """Return the operations that raise to `exponent`, at least 0, shape (n,).

    Example:
        >>> from trainwell.augment.ops import gamma
        >>> gamma(0.8)
        OpSequence(samples=1, first=['gamma 0.80'])
    """
    checks.between("exponent", float(np.min(exponent)), 0, float("inf"))
    return GAMMA.sequence(exponent)
