"""Solarize: invert the pixel values from a threshold on.

    y = x if x < t else 255 - x

Use: in policies of the AutoAugment family.
Side effects: a threshold of 256 changes nothing, 0 inverts.
Source: Pillow's `ImageOps.solarize`, equal pixel by pixel.
"""

import numpy as np

from trainwell.augment.ops._op_sequence import Floats, Magnitude, OpSequence
from trainwell.augment.ops._op_spec import OpSpec, describe_first
from trainwell.augment.ops._pixel_math import Pixels, to_uint8


def _reference(image: Pixels, value: Floats, fill: Pixels) -> Pixels:
    x = image.astype(int)
    return to_uint8(np.where(x < value[0], x, 255 - x))


SOLARIZE = OpSpec(
    "solarize", 13, ("threshold",), describe_first("solarize", ".0f"), _reference
)


def solarize(threshold: Magnitude) -> OpSequence:
    """Return the operations that invert pixel values from `threshold` on, (n,).

    Example:
        >>> from trainwell.augment.ops import solarize
        >>> solarize(128.0)
        OpSequence(samples=1, first=['solarize 128'])
    """
    return SOLARIZE.sequence(threshold)
