"""Solarize-add: brighten the pixel values below a threshold.

    y = min(max(x + a, 0), 255) if x < t else x

Use: in RandAugment's list of operations, a up to 110 with t = 128.
Side effects: dark pixel values can become brighter than bright ones.
Source: Cubuk et al., "RandAugment", 2020, the published code.
"""

import numpy as np

from trainwell.augment.ops._op_sequence import Floats, Magnitude, OpSequence
from trainwell.augment.ops._op_spec import OpSpec, describe_first
from trainwell.augment.ops._pixel_math import Pixels, to_uint8


def _reference(image: Pixels, value: Floats, fill: Pixels) -> Pixels:
    x = image.astype(int)
    return np.where(x < value[1], to_uint8(x + value[0]), image)


SOLARIZE_ADD = OpSpec(
    "solarize_add",
    14,
    ("summand", "threshold"),
    describe_first("solarize-add", ".0f"),
    _reference,
)


def solarize_add(summand: Magnitude, threshold: Magnitude = 128.0) -> OpSequence:
    """Return the operations that add `summand` to pixel values below `threshold`, (n,).

    Args:
        summand: Amount to add in pixel values, (n,).
        threshold: Pixel values from here on stay, (n,).

    Example:
        >>> from trainwell.augment.ops import solarize_add
        >>> solarize_add(60.0)
        OpSequence(samples=1, first=['solarize-add 60'])
    """
    return SOLARIZE_ADD.sequence(summand, threshold)
