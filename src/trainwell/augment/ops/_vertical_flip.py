"""Vertical flip: mirror top and bottom.

    v -> 1 - v

Use: where up and down mean nothing, as from above or under a microscope; hardly for
photographs.
Side effects: classes that differ by which way is up become one.
Source: definition; equals Pillow's `ImageOps.flip`.
"""

from trainwell.augment.ops._op_sequence import OpSequence
from trainwell.augment.ops._warp import WARP


def vertical_flip(count: int = 1) -> OpSequence:
    """Return the operation for `count` samples.

    Example:
        >>> from trainwell.augment.ops import vertical_flip
        >>> vertical_flip()
        OpSequence(samples=1, first=['flip vertically'])
    """
    return WARP.sequence(1.0, 0.0, 0.0, 0.0, -1.0, 1.0, count=count)
