"""Translate along y: move the picture by a share of the canvas.

    (u, v) -> (u, v + t)

from places of the output to places of the input: t > 0 moves the picture upwards.

Use: in policies of the AutoAugment family; alone, `shift` does it with reflection.
Side effects: what moves out is lost, and the border shows where it was.
Source: Cubuk et al., "AutoAugment", 2019, table 6 (150 of 331 pixels there), with the
sign of Pillow's affine transform.
"""

from trainwell.augment.ops import _codes
from trainwell.augment.ops._steps import Magnitude, Steps, step


def translate_y(share: Magnitude) -> Steps:
    """Return the steps that move by `share` of the canvas, shape (n,)."""
    return step(_codes.WARP, 1.0, 0.0, 0.0, 0.0, 1.0, share)
