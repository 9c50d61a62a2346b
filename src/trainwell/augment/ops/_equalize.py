"""Equalize: make each channel use all pixel values equally often.

    y = (s / 2 + pixels darker than x) / s,
    s = (all pixels - those of the brightest pixel value) / 255,    both divisions whole

Use: in policies of the AutoAugment family.
Side effects: reads the whole picture; a flat channel stays, as does one with fewer than
255 pixels.
Source: Pillow's `ImageOps.equalize`, equal pixel by pixel.
"""

import numpy as np

from trainwell.augment.ops._op_sequence import Floats, Magnitude, OpSequence
from trainwell.augment.ops._op_spec import OpSpec, describe_amount, share
from trainwell.augment.ops._pixel_math import Ints, Pixels, per_channel, towards


def _equalized(x: Ints) -> Ints:
    counts = np.bincount(x.ravel(), minlength=256)
    step = (x.size - counts[x.max()]) // 255
    if step == 0:
        return x
    darker = np.cumsum(counts) - counts
    equal: Ints = ((darker + step // 2) // step)[x]
    return equal


def _reference(image: Pixels, value: Floats, fill: Pixels) -> Pixels:
    return towards(image.astype(int), per_channel(image, _equalized), value[0])


EQUALIZE = OpSpec("equalize", 22, ("amount",), describe_amount("equalize"), _reference)


def equalize(count: int = 1, *, amount: Magnitude = 1.0) -> OpSequence:
    """Return the operation for `count` samples.

    Args:
        count: Number of samples where `amount` is a number.
        amount: 1 is the whole operation, 0 none of it, between them a blend of the
            picture before and after, (n,).

    Example:
        >>> from trainwell.augment.ops import equalize
        >>> equalize()
        OpSequence(samples=1, first=['equalize'])
    """
    return EQUALIZE.sequence(share(amount), count=count)
