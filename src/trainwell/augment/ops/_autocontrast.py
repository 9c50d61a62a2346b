"""Autocontrast: stretch each channel to the full range.

    y = 255 (x - low) / (high - low)

Use: in policies of the AutoAugment family.
Side effects: reads the whole picture; a flat channel stays as it is.
Source: Pillow's `ImageOps.autocontrast`, equal pixel by pixel.
"""

from trainwell.augment.ops._op_sequence import Floats, Magnitude, OpSequence
from trainwell.augment.ops._op_spec import OpSpec, describe_amount, share
from trainwell.augment.ops._pixel_math import Ints, Pixels, per_channel, towards


def _stretched(x: Ints) -> Floats:
    low, high = x.min(), x.max()
    if low == high:
        return x / 1.0
    scale = 255.0 / (high - low)
    stretched: Floats = x * scale + -low * scale
    return stretched


def _reference(image: Pixels, value: Floats, fill: Pixels) -> Pixels:
    return towards(image.astype(int), per_channel(image, _stretched), value[0])


AUTOCONTRAST = OpSpec(
    "autocontrast", 21, ("amount",), describe_amount("autocontrast"), _reference
)


def autocontrast(count: int = 1, *, amount: Magnitude = 1.0) -> OpSequence:
    """Return the operation for `count` samples.

    Args:
        count: Number of samples where `amount` is a number.
        amount: 1 is the whole operation, 0 none of it, between them a blend of the
            picture before and after, (n,).

    Example:
        >>> from trainwell.augment.ops import autocontrast
        >>> autocontrast()
        OpSequence(samples=1, first=['autocontrast'])
    """
    return AUTOCONTRAST.sequence(share(amount), count=count)
