"""Shear along x: move rows sideways, in proportion to their height.

    (x, y) -> (x + s (y - m), y)

from places of the output to places of the input, in pixels; m is 0 about the top-left
corner and half the height about the centre.

Use: in policies of the AutoAugment family, up to 0.3.
Side effects: about the corner, the default of the published policies, the picture also
moves; what moves out is lost.
Source: Cubuk et al., "AutoAugment", 2019, table 6; Pillow's affine transform.
"""

from typing import Literal

from trainwell.augment.ops._op_sequence import Magnitude, OpSequence
from trainwell.augment.ops._warp import WARP
from trainwell.core import checks


def shear_x(
    factor: Magnitude, *, about: Literal["corner", "centre"] = "corner"
) -> OpSequence:
    """Return the operations that shear by `factor`, shape (n,).

    Args:
        factor: Shear factor, (n,).
        about: Fixed point: the top-left `corner` or the `centre`.

    Example:
        >>> from trainwell.augment.ops import shear_x
        >>> shear_x(0.3)
        OpSequence(samples=1, first=['shear x 0.3'])
    """
    checks.one_of("about", about, ("corner", "centre"))
    offset = 0.0 if about == "corner" else -0.5 * factor
    return WARP.sequence(1.0, factor, offset, 0.0, 1.0, 0.0, offset)
