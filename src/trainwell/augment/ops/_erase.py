"""Erase: fill a rectangle with one colour.

Use: for objects that are partly hidden; the rectangle's area 0.02..0.33 of the image.
Side effects: small objects may vanish, and their label with them.
Source: Zhong et al., "Random Erasing Data Augmentation", 2020, algorithm 1; here the
rectangle is given, and its edges are rounded to whole pixels.
"""

import numpy as np

from trainwell.augment.ops._op_sequence import (
    MAX_MAGNITUDES,
    Floats,
    Magnitude,
    OpSequence,
)
from trainwell.augment.ops._op_spec import OpSpec
from trainwell.augment.ops._pixel_math import Pixels, of_channels

_SAME = 1e-9


def _describe(values: Floats) -> str:
    width, height = values[2:4] - values[:2]
    if abs(width - height) < _SAME:
        return f"cutout {width:.2g}"
    return f"erase {width:.2g} × {height:.2g}"


def _reference(image: Pixels, value: Floats, fill: Pixels) -> Pixels:
    rows, columns = image.shape[:2]
    size = np.array([columns, rows, columns, rows])
    x0, y0, x1, y1 = np.clip(np.rint(value[:4] * size), 0, size).astype(int)
    pixel_values = of_channels(value[4:], image.shape[2])
    image = image.copy()
    image[y0:y1, x0:x1] = np.where(pixel_values < 0, fill, pixel_values).astype(
        np.uint8
    )
    return image


ERASE = OpSpec("erase", 50, ("x0", "y0", "x1", "y1", "*color"), _describe, _reference)


def erase(
    x0: Magnitude,
    y0: Magnitude,
    x1: Magnitude,
    y1: Magnitude,
    *,
    color: Floats | None = None,
) -> OpSequence:
    """Return the operations that fill rectangles.

    Args:
        x0: Left edge, fraction of the canvas, (n,); what hangs over is cut off.
        y0: Upper edge, (n,).
        x1: Right edge, (n,).
        y1: Lower edge, (n,).
        color: Pixel value per channel of the filling, 0..255, shape (n, channels) or
            (channels,); further channels take the last. None takes the colour of the
            border.

    Raises:
        ValueError: If there are more than 8 pixel values per sample or one is out of
            range.

    Example:
        >>> from trainwell.augment.ops import erase
        >>> erase(0.1, 0.1, 0.3, 0.5)
        OpSequence(samples=1, first=['erase 0.2 × 0.4'])
    """
    room = MAX_MAGNITUDES - 4
    filling = np.atleast_2d(np.full(1, -1.0) if color is None else color)
    if not 1 <= filling.shape[1] <= room:
        raise ValueError(
            f"`color` must have 1 to {room} channels, got shape {filling.shape}."
        )
    if color is not None and not ((filling >= 0) & (filling <= 255)).all():
        raise ValueError(f"`color` must be in [0, 255], got {color!r}.")
    filling = np.pad(filling, ((0, 0), (0, room - filling.shape[1])), mode="edge")
    values = filling.T if len(filling) > 1 else filling[0]
    return ERASE.sequence(x0, y0, x1, y1, *values)
