"""Sharpness: move every pixel away from its smoothed self, or towards it.

    y = s + f (x - s),    s = x * (1 1 1; 1 5 1; 1 1 1) / 13

The outermost pixels stay as they are; 0 smooths, 1 changes nothing, 2 sharpens.

Use: in policies of the AutoAugment family; f within 0.1..1.9.
Side effects: f > 1 raises noise.
Source: Pillow's `ImageEnhance.Sharpness`, equal pixel by pixel.
"""

from trainwell.augment.ops._op_sequence import Floats, Magnitude, OpSequence
from trainwell.augment.ops._op_spec import OpSpec, describe_first
from trainwell.augment.ops._pixel_math import Pixels, blend
from trainwell.augment.ops._smooth import smoothed


def _reference(image: Pixels, value: Floats, fill: Pixels) -> Pixels:
    x = image.astype(int)
    return blend(smoothed(x), x, value[0])


SHARPNESS = OpSpec(
    "sharpness", 40, ("factor",), describe_first("sharpness"), _reference
)


def sharpness(factor: Magnitude) -> OpSequence:
    """Return the operations that multiply sharpness by `factor`, shape (n,).

    Example:
        >>> from trainwell.augment.ops import sharpness
        >>> sharpness(1.8)
        OpSequence(samples=1, first=['sharpness 1.80'])
    """
    return SHARPNESS.sequence(factor)
