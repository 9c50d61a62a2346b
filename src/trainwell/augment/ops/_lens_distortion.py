"""Lens distortion: bend straight lines as a lens does.

    p - m -> (p - m) (1 + k1 r^2 + k2 r^4),    r = |p - m| / half the longer side

of the canvas, from places of the output to places of the input: k > 0 gives a barrel,
k < 0 a cushion.

Use: for pictures of unknown cameras; |k1| up to 0.3.
Side effects: cannot be merged with warps, so it costs an interpolation of its own.
Source: Brown, "Decentering Distortion of Lenses", 1966; the radial terms.
"""

from trainwell.augment.ops._op_sequence import Magnitude, OpSequence
from trainwell.augment.ops._op_spec import OpSpec, describe_first

LENS = OpSpec("lens", 2, ("k1", "k2", "x", "y"), describe_first("lens", ".2g"))


def lens_distortion(
    k1: Magnitude, k2: Magnitude = 0.0, x: Magnitude = 0.5, y: Magnitude = 0.5
) -> OpSequence:
    """Return the operations of n lenses with their axes at (x, y) of the canvas.

    Args:
        k1: Coefficient of the squared radius, (n,).
        k2: Coefficient of its fourth power, (n,).
        x: Place of the axis across, fraction of the canvas, (n,).
        y: Place of the axis down, fraction of the canvas, (n,).

    Example:
        >>> from trainwell.augment.ops import lens_distortion
        >>> lens_distortion(0.2)
        OpSequence(samples=1, first=['lens 0.2'])
    """
    return LENS.sequence(k1, k2, x, y)
