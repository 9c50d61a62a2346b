"""Solarize-add: brighten the pixel values below a threshold.

    y = min(max(x + a, 0), 255) if x < t else x

Use: in RandAugment's list of operations, a up to 110 with t = 128.
Side effects: dark pixel values can become brighter than bright ones.
Source: Cubuk et al., "RandAugment", 2020, the published code.
"""

from trainwell.augment.ops import _op_codes
from trainwell.augment.ops._op_sequence import Magnitude, OpSequence, one_op


def solarize_add(summand: Magnitude, threshold: Magnitude = 128.0) -> OpSequence:
    """Return the operations that add `summand` to pixel values below `threshold`, (n,).

    Args:
        summand: In pixel values, (n,).
        threshold: Levels from here on stay, (n,).
    """
    return one_op(_op_codes.SOLARIZE_ADD, summand, threshold)
