"""Invert: make the negative.

    y = 255 - x

Use: in policies of the AutoAugment family; rarely alone.
Side effects: classes that differ by dark on bright become one.
Source: Pillow's `ImageOps.invert`, equal pixel by pixel.
"""

from trainwell.augment.ops._op_sequence import Floats, Magnitude, OpSequence
from trainwell.augment.ops._op_spec import OpSpec, describe_amount, share
from trainwell.augment.ops._pixel_math import Pixels, towards


def _reference(image: Pixels, value: Floats, fill: Pixels) -> Pixels:
    x = image.astype(int)
    return towards(x, 255 - x, value[0])


INVERT = OpSpec("invert", 11, ("amount",), describe_amount("invert"), _reference)


def invert(count: int = 1, *, amount: Magnitude = 1.0) -> OpSequence:
    """Return the operation for `count` samples.

    Args:
        count: Number of samples where `amount` is a number.
        amount: 1 is the whole operation, 0 none of it, between them a blend of the
            picture before and after, (n,).

    Example:
        >>> from trainwell.augment.ops import invert
        >>> invert()
        OpSequence(samples=1, first=['invert'])
    """
    return INVERT.sequence(share(amount), count=count)
