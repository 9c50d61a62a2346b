"""Shift, scale and rotate at once: a similarity about the centre of the canvas.

    p -> R(-a) (p - m - t) / s + m,    m the centre

from places of the output to places of the input, in pixels: the picture is enlarged by
s, turned counter-clockwise by a and then moved by t, right and down.

Use: the usual geometry of photographs: t up to 0.06, s within 0.9..1.1, a within 45.
Side effects: as of `rotate`; one interpolation instead of three.
Source: Buslaev et al., "Albumentations", 2020, `ShiftScaleRotate`.
"""

import numpy as np

from trainwell.augment.ops._op_sequence import Magnitude, OpSequence
from trainwell.augment.ops._warp import WARP
from trainwell.core import checks


def shift_scale_rotate(
    right: Magnitude, down: Magnitude, scale: Magnitude, degrees: Magnitude
) -> OpSequence:
    """Return the operations of n similarities.

    Args:
        right: Fraction of the canvas' width, (n,).
        down: Fraction of the canvas' height, (n,).
        scale: Enlargement, positive, (n,).
        degrees: Counter-clockwise, (n,).

    Example:
        >>> from trainwell.augment.ops import shift_scale_rotate
        >>> shift_scale_rotate(0.0, 0.0, 1.1, 15.0)
        OpSequence(samples=1, first=['scale 1.10, rotate 15°'])
    """
    checks.positive("scale", float(np.min(scale)))
    angle = np.radians(np.atleast_1d(degrees))
    cos, sin = np.cos(angle) / scale, np.sin(angle) / scale
    x, y = 0.5 + right, 0.5 + down
    c = 0.5 - cos * x + sin * y
    f = 0.5 - sin * x - cos * y
    return WARP.sequence(cos, -sin, c, sin, cos, f, sin * y, -sin * x)
