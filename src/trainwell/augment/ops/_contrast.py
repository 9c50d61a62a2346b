"""Contrast: move every level away from the mean grey of the picture, or towards it.

    y = g + f (x - g)

with g the mean luma, rounded; of other than three channels, the mean level.

Use: for pictures of unknown exposure; f within 0.5..1.5.
Side effects: f > 1 cuts off the darkest and brightest levels; reads the whole picture.
Source: Pillow's `ImageEnhance.Contrast`, equal level by level.
"""

from trainwell.augment.ops import _codes
from trainwell.augment.ops._steps import Magnitude, Steps, step


def contrast(factor: Magnitude) -> Steps:
    """Return the steps that multiply contrast by `factor`, shape (n,)."""
    return step(_codes.CONTRAST, factor)
