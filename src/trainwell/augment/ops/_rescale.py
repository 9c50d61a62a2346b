"""Rescale: show the middle of the picture at full size.

    (u, v) -> (m + (1 - 2 m) u, m + (1 - 2 m) v)

from places of the output to places of the input, in widths and heights of the canvas.

Use: in CTAugment's list of operations, margins up to a quarter.
Side effects: the rim is lost; strong enlargement shows blocks.
Source: Berthelot et al., "ReMixMatch", 2020, appendix D. Published code also samples
the interpolation; here it is that of all warps. With nearest neighbours and whole
pixels it equals Pillow's `crop` and `resize`.
"""

import numpy as np

from trainwell.augment.ops._op_sequence import Magnitude, OpSequence
from trainwell.augment.ops._warp import WARP
from trainwell.core import checks


def rescale(margin: Magnitude) -> OpSequence:
    """Return the operations that cut a `margin` off each side, from 0 to 0.49, (n,).

    Raises:
        ValueError: If a margin is out of range.

    Example:
        >>> from trainwell.augment.ops import rescale
        >>> rescale(0.25)
        OpSequence(samples=1, first=['stretch 2.00 × 2.00'])
    """
    checks.between("margin", float(np.min(margin)), 0, 0.49)
    checks.between("margin", float(np.max(margin)), 0, 0.49)
    shown = 1 - 2 * margin
    return WARP.sequence(shown, 0.0, margin, 0.0, shown, margin)
