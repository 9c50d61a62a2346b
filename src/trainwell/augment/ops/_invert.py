"""Invert: make the negative.

    y = 255 - x

Use: in policies of the AutoAugment family; rarely alone.
Side effects: classes that differ by dark on bright become one.
Source: Pillow's `ImageOps.invert`, equal pixel by pixel.
"""

from trainwell.augment.ops._op_sequence import Floats, OpSequence
from trainwell.augment.ops._op_spec import OpSpec, describe_name
from trainwell.augment.ops._pixel_math import Pixels, to_uint8


def _reference(image: Pixels, value: Floats, fill: Pixels) -> Pixels:
    return to_uint8(255 - image.astype(int))


INVERT = OpSpec("invert", 11, (), describe_name("invert"), _reference)


def invert(count: int = 1) -> OpSequence:
    """Return the operation for `count` samples.

    Example:
        >>> from trainwell.augment.ops import invert
        >>> invert()
        OpSequence(samples=1, first=['invert'])
    """
    return INVERT.sequence(count=count)
