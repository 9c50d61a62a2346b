"""Translate along y: move the picture by a fraction of the canvas.

    (u, v) -> (u, v + t)

from places of the output to places of the input: t > 0 moves the picture upwards.

Use: in policies of the AutoAugment family; alone, `shift` does it with reflection.
Side effects: what moves out is lost, and the border shows where it was.
Source: Cubuk et al., "AutoAugment", 2019, table 6 (150 of 331 pixels there), with the
sign of Pillow's affine transform.
"""

from trainwell.augment.ops._op_sequence import Magnitude, OpSequence
from trainwell.augment.ops._warp import WARP


def translate_y(fraction: Magnitude) -> OpSequence:
    """Return the operations that move by `fraction` of the height, shape (n,).

    Example:
        >>> from trainwell.augment.ops import translate_y
        >>> translate_y(0.1)
        OpSequence(samples=1, first=['translate y 0.1'])
    """
    return WARP.sequence(1.0, 0.0, 0.0, 0.0, 1.0, fraction)
