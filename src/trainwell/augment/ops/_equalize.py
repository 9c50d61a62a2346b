"""Equalize: make each channel use all levels equally often.

    y = (s / 2 + pixels darker than x) / s,
    s = (all pixels - those of the brightest level) / 255,    both divisions whole

Use: in policies of the AutoAugment family.
Side effects: reads the whole picture; a flat channel stays, as does one with fewer than
255 pixels.
Source: Pillow's `ImageOps.equalize`, equal level by level.
"""

from trainwell.augment.ops import _codes
from trainwell.augment.ops._steps import Steps, step


def equalize(count: int = 1) -> Steps:
    """Return the step for `count` samples."""
    return step(_codes.EQUALIZE, count=count)
