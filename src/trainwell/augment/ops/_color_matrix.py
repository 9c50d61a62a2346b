"""Colour matrix: mix the three channels of each pixel.

    y = M (r, g, b, 1)

with pixel values in [0, 1]: M is 3 x 4, its last column is added.

Use: for known changes of light, or a sepia; channel swaps are matrices, too.
Side effects: none on images of other than three channels.
Source: definition; Pillow's `convert("RGB", matrix)` takes the last column in pixel
values.
"""

import numpy as np

from trainwell.augment.ops import _op_codes
from trainwell.augment.ops._op_sequence import Floats, OpSequence, one_op


def color_matrix(matrix: Floats) -> OpSequence:
    """Return the operations that multiply by matrices, shape (n, 3, 4) or (3, 4)."""
    if matrix.shape[-2:] != (3, 4) or matrix.ndim > 3:
        raise ValueError(
            f"`matrix` must have shape (n, 3, 4), got {tuple(matrix.shape)}."
        )
    return one_op(_op_codes.COLOR_MATRIX, *np.reshape(matrix, (-1, 12)).T)
