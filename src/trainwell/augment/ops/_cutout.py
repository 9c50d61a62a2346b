"""Cutout: fill a square, which may hang over the border.

Use: for small images: a side of 16 of 32 pixels for CIFAR-10, 8 for CIFAR-100.
Side effects: the visible part of the square varies, as in the paper, where that
mattered; training takes longer to converge.
Source: DeVries & Taylor, "Improved Regularization of Convolutional Neural Networks with
Cutout", 2017, section 3. Zero of normalised data is the mean colour, the usual border.
"""

from trainwell.augment.ops._erase import erase
from trainwell.augment.ops._steps import Floats, Magnitude, Steps


def cutout(
    x: Magnitude, y: Magnitude, side: Magnitude, *, levels: Floats | None = None
) -> Steps:
    """Return the steps that fill squares.

    Args:
        x: Centre, share of the canvas, (n,).
        y: Centre, share of the canvas, (n,).
        side: Share of the canvas' side, (n,).
        levels: As in `erase`.
    """
    half = side / 2
    return erase(x - half, y - half, x + half, y + half, levels=levels)
