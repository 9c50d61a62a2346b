"""Cutout: fill a square, which may hang over the border.

Use: for small images: a side of 16 of 32 pixels for CIFAR-10, 8 for CIFAR-100.
Side effects: the visible part of the square varies, as in the paper, where that
mattered; training takes longer to converge.
Source: DeVries & Taylor, "Improved Regularization of Convolutional Neural Networks with
Cutout", 2017, section 3. Zero of normalised data is the mean colour, the usual border.
"""

from trainwell.augment.ops._erase import erase
from trainwell.augment.ops._op_sequence import Floats, Magnitude, OpSequence
from trainwell.core.image_size import ImageSize, height_and_width


def cutout(
    x: Magnitude,
    y: Magnitude,
    side: Magnitude,
    *,
    color: Floats | None = None,
    size: ImageSize = 1,
) -> OpSequence:
    """Return the operations that fill squares.

    Args:
        x: Centre, fraction of the canvas, (n,).
        y: Centre, fraction of the canvas, (n,).
        side: Fraction of the canvas' shorter side, (n,).
        color: Pixel value per channel of the filling, as in `erase`.
        size: Size of the output, of which only the proportions count.

    Example:
        >>> from trainwell.augment.ops import cutout
        >>> cutout(0.5, 0.5, 0.25)
        OpSequence(samples=1, first=['cutout 0.25'])
    """
    height, width = height_and_width(size)
    shorter = min(height, width)
    across, down = side / 2 * (shorter / width), side / 2 * (shorter / height)
    return erase(x - across, y - down, x + across, y + down, color=color)
