"""Colour matrix: mix the three channels of each pixel.

    y = M (r, g, b, 1)

with pixel values in [0, 1]: M is 3 x 4, its last column is added.

Use: for known changes of light, or a sepia; channel swaps are matrices, too.
Side effects: none on images of other than three channels.
Source: definition; Pillow's `convert("RGB", matrix)` takes the last column in pixel
values.
"""

import numpy as np

from trainwell.augment.ops._op_sequence import Floats, OpSequence
from trainwell.augment.ops._op_spec import OpSpec, describe_name
from trainwell.augment.ops._pixel_math import Pixels, to_uint8


def _reference(image: Pixels, value: Floats, fill: Pixels) -> Pixels:
    m = value.reshape(3, 4)
    return to_uint8(image.astype(int) @ m[:, :3].T + 255 * m[:, 3] + 0.5)


COLOR_MATRIX = OpSpec(
    "color_matrix", 32, ("*entry",), describe_name("colour matrix"), _reference
)


def color_matrix(matrix: Floats) -> OpSequence:
    """Return the operations that multiply by matrices, shape (n, 3, 4) or (3, 4).

    Example:
        >>> from trainwell.augment.ops import color_matrix
        >>> color_matrix(np.eye(3, 4))
        OpSequence(samples=1, first=['colour matrix'])
    """
    if matrix.shape[-2:] != (3, 4) or matrix.ndim > 3:
        raise ValueError(
            f"`matrix` must have shape (n, 3, 4), got {tuple(matrix.shape)}."
        )
    return COLOR_MATRIX.sequence(*np.reshape(matrix, (-1, 12)).T)
