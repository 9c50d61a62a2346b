"""Brightness: multiply every pixel value.

    y = f x

Use: for pictures of unknown exposure; f within 0.5..1.5.
Side effects: f > 1 cuts off the bright pixel values.
Source: Pillow's `ImageEnhance.Brightness`, equal pixel by pixel.
"""

from trainwell.augment.ops._op_sequence import Floats, Magnitude, OpSequence
from trainwell.augment.ops._op_spec import OpSpec, describe_first
from trainwell.augment.ops._pixel_math import Pixels, blend


def _reference(image: Pixels, value: Floats, fill: Pixels) -> Pixels:
    x = image.astype(int)
    return blend(0 * x, x, value[0])


BRIGHTNESS = OpSpec(
    "brightness", 10, ("factor",), describe_first("brightness"), _reference
)


def brightness(factor: Magnitude) -> OpSequence:
    """Return the operations that multiply by `factor`, shape (n,).

    Example:
        >>> from trainwell.augment.ops import brightness
        >>> brightness(0.5)
        OpSequence(samples=1, first=['brightness 0.50'])
    """
    return BRIGHTNESS.sequence(factor)
