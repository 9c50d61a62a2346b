"""Solarize-add: brighten the levels below a threshold.

    y = min(max(x + a, 0), 255) if x < t else x

Use: in RandAugment's list of operations, a up to 110 with t = 128.
Side effects: dark levels can become brighter than bright ones.
Source: Cubuk et al., "RandAugment", 2020, the published code.
"""

from trainwell.augment.ops import _codes
from trainwell.augment.ops._steps import Magnitude, Steps, step


def solarize_add(summand: Magnitude, threshold: Magnitude = 128.0) -> Steps:
    """Return the steps that add `summand` below `threshold`, in levels, (n,).

    Args:
        summand: In levels, (n,).
        threshold: Levels from here on stay, (n,).
    """
    return step(_codes.SOLARIZE_ADD, summand, threshold)
