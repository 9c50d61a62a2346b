"""Saturation: move every pixel away from its own grey, or towards it.

    y = g + f (x - g)

with g the luma of the pixel; 0 is greyscale. Pillow and AutoAugment call it Color.

Use: for pictures of unknown white balance; f within 0.5..1.5.
Side effects: none on images of other than three channels.
Source: Pillow's `ImageEnhance.Color`, equal level by level.
"""

from trainwell.augment.ops import _codes
from trainwell.augment.ops._steps import Magnitude, Steps, step


def saturation(factor: Magnitude) -> Steps:
    """Return the steps that multiply saturation by `factor`, shape (n,)."""
    return step(_codes.SATURATION, factor)
