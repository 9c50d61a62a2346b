"""Vertical flip: mirror top and bottom.

    v -> 1 - v

Use: where up and down mean nothing, as from above or under a microscope; hardly for
photographs.
Side effects: classes that differ by which way is up become one.
Source: definition; equals Pillow's `ImageOps.flip`.
"""

from trainwell.augment.ops import _codes
from trainwell.augment.ops._steps import Steps, step


def vertical_flip(count: int = 1) -> Steps:
    """Return the step for `count` samples."""
    return step(_codes.WARP, 1.0, 0.0, 0.0, 0.0, -1.0, 1.0, count=count)
