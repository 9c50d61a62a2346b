"""Equalize: make each channel use all pixel values equally often.

    y = (s / 2 + pixels darker than x) / s,
    s = (all pixels - those of the brightest pixel value) / 255,    both divisions whole

Use: in policies of the AutoAugment family.
Side effects: reads the whole picture; a flat channel stays, as does one with fewer than
255 pixels.
Source: Pillow's `ImageOps.equalize`, equal pixel by pixel.
"""

import numpy as np

from trainwell.augment.ops._op_sequence import Floats, OpSequence
from trainwell.augment.ops._op_spec import OpSpec, describe_name
from trainwell.augment.ops._pixel_math import Ints, Pixels, per_channel


def _equalized(x: Ints) -> Ints:
    counts = np.bincount(x.ravel(), minlength=256)
    step = (x.size - counts[x.max()]) // 255
    if step == 0:
        return x
    darker = np.cumsum(counts) - counts
    equal: Ints = ((darker + step // 2) // step)[x]
    return equal


def _reference(image: Pixels, value: Floats, fill: Pixels) -> Pixels:
    return per_channel(image, _equalized)


EQUALIZE = OpSpec("equalize", 22, (), describe_name("equalize"), _reference)


def equalize(count: int = 1) -> OpSequence:
    """Return the operation for `count` samples.

    Example:
        >>> from trainwell.augment.ops import equalize
        >>> equalize()
        OpSequence(samples=1, first=['equalize'])
    """
    return EQUALIZE.sequence(count=count)
