"""Describe: transform parameters as text.

Warps are named by their matrices: a rotation is called one, however it was made.

Source: definition; the inverse of `augment.ops`.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from trainwell.augment.ops import TransformParams
from trainwell.augment.ops._op_sequence import NO_OP
from trainwell.augment.ops._specs import SPECS

Floats = npt.NDArray[np.float64]
_WHOLE = (0.0, 0.0, 1.0, 1.0)
_SAME = 1e-9


def describe(
    params: TransformParams, index: int, *, whole: Sequence[float] | Floats = _WHOLE
) -> tuple[str, ...]:
    """Return what happens to one sample, in order, such as "flip" or "rotate 12°".

    Args:
        params: Transform parameters of n samples.
        index: Index of the sample.
        whole: The crop box that shows it unchanged; `ops.fit` gives it.

    Example:
        >>> from trainwell.augment import describe, ops
        >>> params = ops.crop_only(np.array([[1.0, 0.0, 0.0, 1.0]]))
        >>> params = params.then(ops.rotate(12.0))
        >>> describe(params, 0)
        ('flip', 'rotate 12°')
    """
    parts = _crop(params.crop_boxes[index], np.asarray(whole, np.float64))
    operations = params.ops[index : index + 1]
    for code, values in zip(
        operations.op_codes[0].tolist(), operations.magnitudes[0], strict=True
    ):
        if code != NO_OP:
            parts.append(SPECS[code].describe(values))
    return tuple(parts)


def _crop(crop_box: Floats, whole: Floats) -> list[str]:
    """Name a crop box by what it shows of the whole one, in fractions of that."""
    low, extent = whole[:2], whole[2:] - whole[:2]
    x0, y0, x1, y1 = (crop_box - np.tile(low, 2)) / np.tile(extent, 2)
    parts = ["flip"] * bool(x1 < x0) + ["flip vertically"] * bool(y1 < y0)
    width, height = abs(x1 - x0), abs(y1 - y0)
    right, down = 0.5 - (x0 + x1) / 2, 0.5 - (y0 + y1) / 2
    if abs(width - 1) > _SAME or abs(height - 1) > _SAME:
        parts.insert(0, f"crop {width:.0%} × {height:.0%}")
    elif abs(right) > _SAME or abs(down) > _SAME:
        parts.insert(0, f"shift {right:+.0%} {down:+.0%}")
    return parts
