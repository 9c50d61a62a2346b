"""Autocontrast: stretch each channel to the full range.

    y = 255 (x - low) / (high - low)

Use: in policies of the AutoAugment family.
Side effects: reads the whole picture; a flat channel stays as it is.
Source: Pillow's `ImageOps.autocontrast`, equal level by level.
"""

from trainwell.augment.ops import _codes
from trainwell.augment.ops._steps import Steps, step


def autocontrast(count: int = 1) -> Steps:
    """Return the step for `count` samples."""
    return step(_codes.AUTOCONTRAST, count=count)
