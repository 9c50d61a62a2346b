"""Hue: turn the colour circle of HSV.

    h -> h + t

with h in turns; 1/3 makes red green. Computed without rounding to 8-bit HSV.

Use: up to 0.1 for photographs; not where colour tells the class.
Side effects: none on images of other than three channels, nor on grey pixels.
Source: Smith, "Color Gamut Transform Pairs", 1978 (HSV). Pillow's HSV has 256 hues, so
that the pixel values differ a little.
"""

import numpy as np

from trainwell.augment.ops._op_sequence import Floats, Magnitude, OpSequence
from trainwell.augment.ops._op_spec import OpSpec, describe_first
from trainwell.augment.ops._pixel_math import Pixels, to_uint8


def _reference(image: Pixels, value: Floats, fill: Pixels) -> Pixels:
    x = image.astype(float)
    r, g, b = np.moveaxis(x, 2, 0)
    high = x.max(2)
    chroma = high - x.min(2)
    safe = np.where(chroma > 0, chroma, 1)
    by = [high == r, high == g]
    sixth = np.select(by, [(g - b) / safe, 2 + (b - r) / safe], 4 + (r - g) / safe)
    sixth = (sixth + 6 * value[0]) % 6
    pixel_values = []
    for shift in (5, 3, 1):
        k = (shift + sixth) % 6
        part = np.maximum(0, np.minimum(np.minimum(k, 4 - k), 1))
        pixel_values.append(high - chroma * part)
    return to_uint8(np.stack(pixel_values, axis=2) + 0.5)


HUE = OpSpec("hue", 31, ("turns",), describe_first("hue", "+.2f"), _reference)


def hue(turns: Magnitude) -> OpSequence:
    """Return the operations that turn by `turns` of the circle, shape (n,).

    Example:
        >>> from trainwell.augment.ops import hue
        >>> hue(0.1)
        OpSequence(samples=1, first=['hue +0.10'])
    """
    return HUE.sequence(turns)
