"""Solarize: invert the levels from a threshold on.

    y = x if x < t else 255 - x

Use: in policies of the AutoAugment family.
Side effects: a threshold of 256 changes nothing, 0 inverts.
Source: Pillow's `ImageOps.solarize`, equal level by level.
"""

from trainwell.augment.ops import _codes
from trainwell.augment.ops._steps import Magnitude, Steps, step


def solarize(threshold: Magnitude) -> Steps:
    """Return the steps that invert from `threshold` on, in levels, shape (n,)."""
    return step(_codes.SOLARIZE, threshold)
