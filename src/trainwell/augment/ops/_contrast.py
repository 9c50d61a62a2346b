"""Contrast: move pixel values away from the mean grey of the picture, or towards it.

    y = g + f (x - g)

with g the mean luma, rounded; of other than three channels, the mean pixel value.

Use: for pictures of unknown exposure; f within 0.5..1.5.
Side effects: f > 1 cuts off the darkest and brightest pixel values; reads the whole
picture.
Source: Pillow's `ImageEnhance.Contrast`, equal pixel by pixel.
"""

import numpy as np

from trainwell.augment.ops._op_sequence import Floats, Magnitude, OpSequence
from trainwell.augment.ops._op_spec import OpSpec, describe_first
from trainwell.augment.ops._pixel_math import Pixels, blend, luma


def _reference(image: Pixels, value: Floats, fill: Pixels) -> Pixels:
    x = image.astype(int)
    grey = luma(x) if x.shape[2] == 3 else x
    return blend(np.full_like(x, int(grey.mean() + 0.5)), x, value[0])


CONTRAST = OpSpec("contrast", 20, ("factor",), describe_first("contrast"), _reference)


def contrast(factor: Magnitude) -> OpSequence:
    """Return the operations that multiply contrast by `factor`, shape (n,).

    Example:
        >>> from trainwell.augment.ops import contrast
        >>> contrast(1.4)
        OpSequence(samples=1, first=['contrast 1.40'])
    """
    return CONTRAST.sequence(factor)
