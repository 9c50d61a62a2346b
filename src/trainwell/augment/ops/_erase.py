"""Erase: fill a rectangle with one colour.

Use: for objects that are partly hidden; the rectangle's area 0.02..0.33 of the image.
Side effects: small objects may vanish, and their label with them.
Source: Zhong et al., "Random Erasing Data Augmentation", 2020, algorithm 1; here the
rectangle is given, and its edges are rounded to whole pixels.
"""

import numpy as np

from trainwell.augment.ops import _codes
from trainwell.augment.ops._steps import Floats, Magnitude, Steps, step


def erase(
    x0: Magnitude,
    y0: Magnitude,
    x1: Magnitude,
    y1: Magnitude,
    *,
    levels: Floats | None = None,
) -> Steps:
    """Return the steps that fill rectangles.

    Args:
        x0: Left edge, share of the canvas, (n,); what hangs over is cut off.
        y0: Upper edge, (n,).
        x1: Right edge, (n,).
        y1: Lower edge, (n,).
        levels: Of the filling per channel, 0..255, shape (n, channels) or (channels,);
            further channels take the last. None takes the colour of the border.

    Raises:
        ValueError: If there are more than 8 levels per sample or one is out of range.
    """
    room = _codes.NUM_VALUES - 4
    filling = np.atleast_2d(np.full(1, -1.0) if levels is None else levels)
    if not 1 <= filling.shape[1] <= room:
        raise ValueError(
            f"`levels` must have 1 to {room} channels, got shape {filling.shape}."
        )
    if levels is not None and not ((filling >= 0) & (filling <= 255)).all():
        raise ValueError(f"`levels` must be in [0, 255], got {levels!r}.")
    filling = np.pad(filling, ((0, 0), (0, room - filling.shape[1])), mode="edge")
    values = filling.T if len(filling) > 1 else filling[0]
    return step(_codes.ERASE, x0, y0, x1, y1, *values)
