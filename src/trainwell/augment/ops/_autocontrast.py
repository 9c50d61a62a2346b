"""Autocontrast: stretch each channel to the full range.

    y = 255 (x - low) / (high - low)

Use: in policies of the AutoAugment family.
Side effects: reads the whole picture; a flat channel stays as it is.
Source: Pillow's `ImageOps.autocontrast`, equal pixel by pixel.
"""

from trainwell.augment.ops._op_sequence import Floats, OpSequence
from trainwell.augment.ops._op_spec import OpSpec, describe_name
from trainwell.augment.ops._pixel_math import Ints, Pixels, per_channel


def _stretched(x: Ints) -> Floats:
    low, high = x.min(), x.max()
    if low == high:
        return x / 1.0
    scale = 255.0 / (high - low)
    stretched: Floats = x * scale + -low * scale
    return stretched


def _reference(image: Pixels, value: Floats, fill: Pixels) -> Pixels:
    return per_channel(image, _stretched)


AUTOCONTRAST = OpSpec("autocontrast", 21, (), describe_name("autocontrast"), _reference)


def autocontrast(count: int = 1) -> OpSequence:
    """Return the operation for `count` samples.

    Example:
        >>> from trainwell.augment.ops import autocontrast
        >>> autocontrast()
        OpSequence(samples=1, first=['autocontrast'])
    """
    return AUTOCONTRAST.sequence(count=count)
