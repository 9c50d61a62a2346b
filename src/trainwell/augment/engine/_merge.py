"""Merging: the crop box as a warp, and warps as one."""

import numpy as np

from trainwell.augment.engine._jit import kernel
from trainwell.augment.ops._op_sequence import NO_OP
from trainwell.augment.ops._warp import WARP

_NO_OP = NO_OP
_WARP = WARP.code
_WHOLE = 1e-4  # pixels; a shift that close to a whole number is one
_EXACT = 1e-7


@kernel
def whole_pixels(scale, offset):  # type: ignore[no-untyped-def]
    """Tell whether an axis is shown pixel by pixel, perhaps mirrored."""
    if abs(abs(scale) - 1.0) > _EXACT:
        return False
    return abs(offset - np.rint(offset)) < _WHOLE


@kernel
def begin(matrix, height, width, canvas, crop_box, codes, options):  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    """Write the crop box as a warp; tell whether it can be merged with what follows.

    It can if it moves whole pixels, or if it does not reduce, and linear warps follow.
    """
    x0, y0, x1, y1 = crop_box[0], crop_box[1], crop_box[2], crop_box[3]
    rows, columns = canvas
    sx, sy = (x1 - x0) * width / columns, (y1 - y0) * height / rows
    matrix[:] = 0.0
    matrix[0], matrix[2], matrix[4], matrix[5] = sx, x0 * width, sy, y0 * height
    within = min(x0, x1, y0, y1) >= 0 and max(x0, x1, y0, y1) <= 1
    if options[0] and not within:
        return False
    if whole_pixels(sx, matrix[2]) and whole_pixels(sy, matrix[5]):
        for k in range(6):
            matrix[k] = np.rint(matrix[k])
        return True
    first = _NO_OP
    for code in codes:
        if code != _NO_OP:
            first = code
            break
    return first == _WARP and not options[1] and abs(sx) <= 1 and abs(sy) <= 1


@kernel
def in_pixels(value, canvas, matrix):  # type: ignore[no-untyped-def]
    """Write the matrix of a warp, from pixels to pixels; see `ops._warp`."""
    rows, columns = canvas
    matrix[0], matrix[1], matrix[3], matrix[4] = value[0], value[1], value[3], value[4]
    matrix[2] = value[2] * columns + value[6] * (rows - columns)
    matrix[5] = value[5] * rows + value[7] * (columns - rows)


@kernel
def compose(matrix, clips, num_clips, value, canvas):  # type: ignore[no-untyped-def]
    """Put a warp in front of the pending one and of its clips; add its own clip."""
    own = clips[num_clips]
    in_pixels(value, canvas, own)
    a, b, c, d, e, f = own[0], own[1], own[2], own[3], own[4], own[5]
    for k in range(num_clips + 1):
        m = clips[k] if k < num_clips else matrix
        for r in (0, 3):
            x, y, z = m[r], m[r + 1], m[r + 2]
            m[r] = x * a + y * d
            m[r + 1] = x * b + y * e
            m[r + 2] = x * c + y * f + z
    return num_clips + 1
