"""Brightness: multiply every level.

    y = f x

Use: for pictures of unknown exposure; f within 0.5..1.5.
Side effects: f > 1 cuts off the bright levels.
Source: Pillow's `ImageEnhance.Brightness`, equal level by level.
"""

from trainwell.augment.ops import _codes
from trainwell.augment.ops._steps import Magnitude, Steps, step


def brightness(factor: Magnitude) -> Steps:
    """Return the steps that multiply by `factor`, shape (n,)."""
    return step(_codes.SCALE, factor)
