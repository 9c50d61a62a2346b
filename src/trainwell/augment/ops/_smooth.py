"""Smooth: blend each pixel with a weighted mean of itself and its neighbours.

    y = x + a (s - x),    s = x * (1 1 1; 1 5 1; 1 1 1) / 13

The outermost pixels stay as they are.

Use: in CTAugment's list of operations.
Side effects: fine texture is lost.
Source: Pillow's `ImageFilter.SMOOTH` under `Image.blend`, equal pixel by pixel.
"""

import numpy as np

from trainwell.augment.ops._op_sequence import Floats, Magnitude, OpSequence
from trainwell.augment.ops._op_spec import OpSpec, describe_amount, share
from trainwell.augment.ops._pixel_math import Ints, Pixels, towards


def smoothed(x: Ints) -> Ints:
    """Return the image convolved with the kernel, rounded."""
    smooth = x.copy()
    rows, columns = x.shape[:2]
    if min(rows, columns) > 2:
        places = [(i, j) for i in range(3) for j in range(3)]
        total = sum(x[i : rows - 2 + i, j : columns - 2 + j] for i, j in places)
        total = total + 4 * x[1:-1, 1:-1]
        smooth[1:-1, 1:-1] = np.floor(total / 13 + 0.5)
    return smooth


def _reference(image: Pixels, value: Floats, fill: Pixels) -> Pixels:
    x = image.astype(int)
    return towards(x, smoothed(x), value[0])


SMOOTH = OpSpec("smooth", 42, ("amount",), describe_amount("smooth"), _reference)


def smooth(amount: Magnitude = 1.0) -> OpSequence:
    """Return the operations that smooth.

    Args:
        amount: 1 is the whole operation, 0 none of it, between them a blend, (n,).

    Raises:
        ValueError: If an amount is out of range.

    Example:
        >>> from trainwell.augment.ops import smooth
        >>> smooth(0.5)
        OpSequence(samples=1, first=['smooth 0.50'])
    """
    return SMOOTH.sequence(share(amount))
