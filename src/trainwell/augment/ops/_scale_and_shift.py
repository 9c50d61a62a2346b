"""Scale and shift: multiply all channels, then add to each.

    y_c = f x_c + b_c

Use: to shift colours or exposure by known amounts; `pca_color_shift` builds on it.
Side effects: what leaves 0..255 is cut off.
Source: definition.
"""

import numpy as np

from trainwell.augment.ops._op_sequence import (
    MAX_MAGNITUDES,
    Floats,
    Magnitude,
    OpSequence,
)
from trainwell.augment.ops._op_spec import OpSpec
from trainwell.augment.ops._pixel_math import Pixels, of_channels, to_uint8


def _describe(values: Floats) -> str:
    factor, *shifts = values[:4]
    return f"levels × {factor:.2f} " + " ".join(f"{s:+.0f}" for s in shifts)


def _reference(image: Pixels, value: Floats, fill: Pixels) -> Pixels:
    shift = of_channels(value[1:], image.shape[2])
    return to_uint8(value[0] * image.astype(int) + shift + 0.5)


SCALE_AND_SHIFT = OpSpec(
    "scale_and_shift", 16, ("factor", "*summand"), _describe, _reference
)


def scale_and_shift(factor: Magnitude, summands: Floats) -> OpSequence:
    """Return the operations that multiply by `factor`, (n,), and add `summands`.

    Args:
        factor: Factor of all channels.
        summands: Shape (n, channels) or (channels,); further channels take the last.

    Raises:
        ValueError: If there are more than 11 summands per sample.

    Example:
        >>> from trainwell.augment.ops import scale_and_shift
        >>> scale_and_shift(1.1, np.array([5.0, -5.0, 0.0]))
        OpSequence(samples=1, first=['levels × 1.10 +5 -5 +0'])
    """
    room = MAX_MAGNITUDES - 1
    added = np.atleast_2d(summands)
    if not 1 <= added.shape[1] <= room:
        raise ValueError(
            f"`summands` must have 1 to {room} channels, got shape {added.shape}."
        )
    added = np.pad(added, ((0, 0), (0, room - added.shape[1])), mode="edge")
    values = added.T if len(added) > 1 else added[0]
    return SCALE_AND_SHIFT.sequence(factor, *values)
