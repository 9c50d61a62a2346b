"""Scale and shift: multiply all channels, then add to each.

    y_c = f x_c + b_c

Use: to shift colours or exposure by known amounts; `pca_color_shift` builds on it.
Side effects: what leaves 0..255 is cut off.
Source: definition.
"""

import numpy as np

from trainwell.augment.ops import _op_codes
from trainwell.augment.ops._op_sequence import Floats, Magnitude, OpSequence, one_op


def scale_and_shift(factor: Magnitude, summands: Floats) -> OpSequence:
    """Return the operations that multiply by `factor`, (n,), and add `summands`.

    Args:
        factor: Of all channels.
        summands: Shape (n, channels) or (channels,); further channels take the last.

    Raises:
        ValueError: If there are more than 11 summands per sample.
    """
    room = _op_codes.NUM_VALUES - 1
    added = np.atleast_2d(summands)
    if not 1 <= added.shape[1] <= room:
        raise ValueError(
            f"`summands` must have 1 to {room} channels, got shape {added.shape}."
        )
    added = np.pad(added, ((0, 0), (0, room - added.shape[1])), mode="edge")
    values = added.T if len(added) > 1 else added[0]
    return one_op(_op_codes.SCALE_AND_SHIFT, factor, *values)
