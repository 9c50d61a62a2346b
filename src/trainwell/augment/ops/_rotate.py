"""Rotate about the centre of the canvas, counter-clockwise.

    p -> R(-a) (p - m) + m,    R(-a) = (cos a, -sin a; sin a, cos a)

from places of the output to places of the input, in pixels, y downwards, about the
centre m: circles stay circles on any canvas.

Use: up to 30 degrees for photographs; for all angles where no direction is up.
Side effects: the corners show the border; linear interpolation smooths slightly.
Source: Cubuk et al., "AutoAugment", 2019, table 6; Pillow's `Image.rotate`, which
nearest neighbours equal pixel by pixel.
"""

import numpy as np

from trainwell.augment.ops._op_sequence import Magnitude, OpSequence
from trainwell.augment.ops._warp import WARP


def rotate(degrees: Magnitude) -> OpSequence:
    """Return the operations that rotate by `degrees`, shape (n,).

    Example:
        >>> from trainwell.augment.ops import rotate
        >>> rotate(30.0)
        OpSequence(samples=1, first=['rotate 30°'])
    """
    angle = np.radians(np.atleast_1d(degrees))
    cos, sin = np.cos(angle), np.sin(angle)
    right, down = (1 - cos + sin) / 2, (1 - cos - sin) / 2
    return WARP.sequence(cos, -sin, right, sin, cos, down, sin / 2, -sin / 2)
