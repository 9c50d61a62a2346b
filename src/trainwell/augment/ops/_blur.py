"""Blur: blend each pixel with the mean of those on the rim of a square about it.

    y = x + a (b - x),    b = the mean of the 16 pixels on the rim of 5 x 5

The two outermost rows and columns stay as they are, as does a picture of fewer than 5.

Use: in CTAugment's list of operations; `gaussian_blur` is what a lens does.
Side effects: fine texture is lost, and thin lines become double.
Source: Pillow's `ImageFilter.BLUR` under `Image.blend`, equal pixel by pixel.
"""

from trainwell.augment.ops._op_sequence import Floats, Magnitude, OpSequence
from trainwell.augment.ops._op_spec import OpSpec, describe_amount, share
from trainwell.augment.ops._pixel_math import Pixels, towards


def _reference(image: Pixels, value: Floats, fill: Pixels) -> Pixels:
    x = image.astype(int)
    blurred = x.copy()
    rows, columns = x.shape[:2]
    if min(rows, columns) > 4:
        places = [(i, j) for i in range(5) for j in range(5) if {i, j} & {0, 4}]
        total = sum(x[i : rows - 4 + i, j : columns - 4 + j] for i, j in places)
        blurred[2:-2, 2:-2] = (total + 8) // 16
    return towards(x, blurred, value[0])


RIM_BLUR = OpSpec("rim_blur", 43, ("amount",), describe_amount("blur"), _reference)


def blur(amount: Magnitude = 1.0) -> OpSequence:
    """Return the operations that blur.

    Args:
        amount: 1 is the whole operation, 0 none of it, between them a blend, (n,).

    Raises:
        ValueError: If an amount is out of range.

    Example:
        >>> from trainwell.augment.ops import blur
        >>> blur()
        OpSequence(samples=1, first=['blur'])
    """
    return RIM_BLUR.sequence(share(amount))
