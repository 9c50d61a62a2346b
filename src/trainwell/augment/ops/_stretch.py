"""Stretch: enlarge or reduce along each axis, about the centre of the canvas.

    (u, v) -> ((u - 1/2) / a + 1/2, (v - 1/2) / b + 1/2)

from places of the output to places of the input.

Use: for objects seen at several distances and proportions.
Side effects: a > 1 loses the rim, a < 1 shows the border; strong reduction aliases,
which `resized_crop` does not.
Source: definition.
"""

import numpy as np

from trainwell.augment.ops._op_sequence import Magnitude, OpSequence
from trainwell.augment.ops._warp import WARP
from trainwell.core import checks


def stretch(across: Magnitude, down: Magnitude) -> OpSequence:
    """Return the operations that enlarge by `across` and `down`, each of shape (n,).

    Example:
        >>> from trainwell.augment.ops import stretch
        >>> stretch(1.2, 0.8)
        OpSequence(samples=1, first=['stretch 1.20 × 0.80'])
    """
    checks.positive("across", float(np.min(across)))
    checks.positive("down", float(np.min(down)))
    a, b = 1 / across, 1 / down
    return WARP.sequence(a, 0.0, (1 - a) / 2, 0.0, b, (1 - b) / 2)
