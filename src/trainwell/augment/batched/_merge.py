"""Merging: the crop box as a warp, and warps as one, of many samples at a time.

The rules are those of the compiled pass, number by number; see `engine`.
"""

import numpy as np
import numpy.typing as npt

from trainwell.augment.batched._stages import RenderOptions
from trainwell.augment.ops import TransformParams
from trainwell.augment.ops._op_sequence import NO_OP
from trainwell.augment.ops._warp import WARP

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
_WHOLE = 1e-4  # pixels; a shift that close to a whole number is one
_EXACT = 1e-7


def begin(
    params: TransformParams,
    heights: npt.NDArray[np.int32],
    widths: npt.NDArray[np.int32],
    options: RenderOptions,
) -> tuple[Floats, Bools]:
    """Return the crop boxes as warps, (n, 6), and which can be merged with the next op.

    They can if they move whole pixels, or if they do not reduce, and linear warps
    follow.
    """
    crop_boxes, codes = params.crop_boxes, params.ops.op_codes
    x0, y0, x1, y1 = crop_boxes.T
    rows, columns = options.canvas
    sx, sy = (x1 - x0) * widths / columns, (y1 - y0) * heights / rows
    zero = np.zeros(len(crop_boxes))
    matrix = np.stack([sx, zero, x0 * widths, zero, sy, y0 * heights], axis=1)
    within = (crop_boxes.min(axis=1) >= 0) & (crop_boxes.max(axis=1) <= 1)
    whole = _whole_pixels(sx, matrix[:, 2]) & _whole_pixels(sy, matrix[:, 5])
    merges = whole.copy()
    if not options.nearest and codes.shape[1]:
        place = (codes != NO_OP).argmax(axis=1)
        first = codes[np.arange(len(codes)), place]
        merges |= (first == WARP.code) & (np.abs(sx) <= 1) & (np.abs(sy) <= 1)
    matrix[whole] = np.rint(matrix[whole])
    return matrix, merges & (within | (not options.reflect))


def in_pixels(values: Floats, canvas: tuple[int, int]) -> Floats:
    """Return the matrices of warps, (n, 6), from pixels to pixels."""
    rows, columns = canvas
    scaled: Floats = values[:, :6] * np.array([1, 1, columns, 1, 1, rows])
    scaled[:, 2] += values[:, 6] * (rows - columns)
    scaled[:, 5] += values[:, 7] * (columns - rows)
    return scaled


def compose(matrices: Floats, new: Floats) -> Floats:
    """Put each warp of (n, 6) in front of the warps of its sample, (n, k, 6)."""
    a, b, c, d, e, f = (new[:, i, None] for i in range(6))
    rows = []
    for r in (0, 3):
        x, y, z = (matrices[:, :, r + i] for i in range(3))
        rows += [x * a + y * d, x * b + y * e, x * c + y * f + z]
    return np.stack(rows, axis=2)


def fixed(value: Floats) -> Ints:
    """Round to 16 fractional bits."""
    return np.floor(value * 65536.0 + 0.5).astype(np.int64)


def lines(matrix: Floats) -> Ints:
    """Return start and slopes along x and y of either source axis: (n, 2, 3)."""
    m = matrix.reshape(-1, 2, 3)
    start = m[:, :, 2] + 0.5 * (m[:, :, 0] + m[:, :, 1])
    return fixed(np.stack([start, m[:, :, 0], m[:, :, 1]], axis=2))


def clip_lines(clips: Floats, counts: Ints, rows: int) -> Ints:
    """Return start per row of the output, and slope, of each canvas on the way.

    Args:
        clips: Maps to canvases, (n, k, 6).
        counts: Number of clips in use, (n,); unused ones hold everything.
        rows: Rows of canvas and output.

    Returns:
        Shape (n, k, 2, rows + 1): the starts, followed by the slope.
    """
    m = clips.reshape(*clips.shape[:2], 2, 3)
    y = np.arange(rows) + 0.5
    start = (m[..., 2] + 0.5 * m[..., 0])[..., None] + y * m[..., 1, None]
    both = fixed(np.concatenate([start, m[..., :1]], axis=3))
    unused = np.arange(clips.shape[1]) >= counts[:, None]
    both[unused] = 0
    return both


def _whole_pixels(scale: Floats, offset: Floats) -> Bools:
    whole: Bools = np.abs(np.abs(scale) - 1.0) <= _EXACT
    return whole & (np.abs(offset - np.rint(offset)) < _WHOLE)
