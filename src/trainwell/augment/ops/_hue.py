"""Hue: turn the colour circle of HSV.

    h -> h + t

with h in turns; 1/3 makes red green. Computed without rounding to 8-bit HSV.

Use: up to 0.1 for photographs; not where colour tells the class.
Side effects: none on images of other than three channels, nor on grey pixels.
Source: Smith, "Color Gamut Transform Pairs", 1978 (HSV). Pillow's HSV has 256 hues, so
that the pixel values differ a little.
"""

from trainwell.augment.ops import _op_codes
from trainwell.augment.ops._op_sequence import Magnitude, OpSequence, one_op


def hue(turns: Magnitude) -> OpSequence:
    """Return the operations that turn by `turns` of the circle, shape (n,)."""
    return one_op(_op_codes.HUE, turns)
