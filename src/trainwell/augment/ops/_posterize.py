"""Posterize: keep the highest bits of every pixel value.

    y = x - x mod 2^(8 - b)

Use: in policies of the AutoAugment family, 4 to 8 bits.
Side effects: 8 bits change nothing, 0 make it black.
Source: Pillow's `ImageOps.posterize`, equal pixel by pixel.
"""

import numpy as np

from trainwell.augment.ops._op_sequence import Floats, Magnitude, OpSequence
from trainwell.augment.ops._op_spec import OpSpec
from trainwell.augment.ops._pixel_math import Pixels, to_uint8
from trainwell.core import checks


def _reference(image: Pixels, value: Floats, fill: Pixels) -> Pixels:
    x = image.astype(int)
    return to_uint8(x - x % 2 ** (8 - int(value[0])))


POSTERIZE = OpSpec(
    "posterize",
    12,
    ("bits",),
    lambda values: f"posterize {values[0]:.0f} bits",
    _reference,
)


def posterize(bits: Magnitude) -> OpSequence:
    """Return the operations that keep whole numbers of `bits` in [0, 8], shape (n,).

    Example:
        >>> from trainwell.augment.ops import posterize
        >>> posterize(4)
        OpSequence(samples=1, first=['posterize 4 bits'])
    """
    checks.between("bits", float(np.min(bits)), 0, 8)
    checks.between("bits", float(np.max(bits)), 0, 8)
    return POSTERIZE.sequence(bits)
