"""Hue: turn the colour circle of HSV.

    h -> h + t

with h in turns; 1/3 makes red green. Computed without rounding to 8-bit HSV.

Use: up to 0.1 for photographs; not where colour tells the class.
Side effects: none on images of other than three channels, nor on grey pixels.
Source: Smith, "Color Gamut Transform Pairs", 1978 (HSV). Pillow's HSV has 256 hues, so
that the levels differ a little.
"""

from trainwell.augment.ops import _codes
from trainwell.augment.ops._steps import Magnitude, Steps, step


def hue(turns: Magnitude) -> Steps:
    """Return the steps that turn by `turns`, shares of the circle, shape (n,)."""
    return step(_codes.HUE, turns)
