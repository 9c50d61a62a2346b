"""Saturation: move every pixel away from its own grey, or towards it.

    y = g + f (x - g)

with g the luma of the pixel; 0 is greyscale. Pillow and AutoAugment call it Color.

Use: for pictures of unknown white balance; f within 0.5..1.5.
Side effects: none on images of other than three channels.
Source: Pillow's `ImageEnhance.Color`, equal pixel by pixel.
"""

import numpy as np

from trainwell.augment.ops._op_sequence import Floats, Magnitude, OpSequence
from trainwell.augment.ops._op_spec import OpSpec, describe_first
from trainwell.augment.ops._pixel_math import Pixels, blend, luma


def _reference(image: Pixels, value: Floats, fill: Pixels) -> Pixels:
    x = image.astype(int)
    return blend(np.repeat(luma(x)[..., None], 3, axis=2), x, value[0])


SATURATION = OpSpec(
    "saturation", 30, ("factor",), describe_first("saturation"), _reference
)


def saturation(factor: Magnitude) -> OpSequence:
    """Return the operations that multiply saturation by `factor`, shape (n,).

    Example:
        >>> from trainwell.augment.ops import saturation
        >>> saturation(0.3)
        OpSequence(samples=1, first=['saturation 0.30'])
    """
    return SATURATION.sequence(factor)
