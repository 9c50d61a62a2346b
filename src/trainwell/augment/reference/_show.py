"""Show: one transformed image, in NumPy; the engine computes the same.

Operations are computed one after the other on 8-bit pixel values, but for one rule:
adjacent warps are multiplied and interpolate once. The crop box is such a warp, too, if
it shows whole pixels; or if it does not reduce, a warp follows and interpolation is
linear. Any other crop box is resampled first.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from trainwell.augment.ops._lens_distortion import LENS
from trainwell.augment.ops._op_sequence import NO_OP
from trainwell.augment.ops._op_spec import COLOR_CODES
from trainwell.augment.ops._specs import SPECS
from trainwell.augment.ops._warp import WARP
from trainwell.augment.reference._places import Canvas, lens, resample, warp
from trainwell.core.image_size import ImageSize, height_and_width

Pixels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]
_MAX_WARPS = 8  # after the first of a group


def show(
    image: Pixels,
    crop_box: Floats,
    operations: tuple[npt.NDArray[np.int32], Floats],
    *,
    size: ImageSize,
    fill: Pixels,
    border: str = "mean",
    interpolation: str = "nearest",
) -> Pixels:
    """Return the 8-bit picture, shape (*size, channels).

    Args:
        image: Source, shape (height, width, channels).
        crop_box: Crop box of the image, shape (4,).
        operations: Codes, shape (k,), and their values, shape (k, 12).
        size: Size of the output: one number for a square, or (height, width).
        fill: Level per channel of what lies outside.
        border: `reflect` mirrors what the crop box shows outside; warps never do.
        interpolation: Interpolation of warps.

    Example:
        >>> from trainwell.augment import ops
        >>> from trainwell.augment.reference import show
        >>> invert = ops.invert()
        >>> image, box = np.full((2, 2, 1), 55, np.uint8), np.array([0.0, 0, 1, 1])
        >>> operations = invert.op_codes[0], invert.magnitudes[0]
        >>> shown = show(image, box, operations, size=2, fill=np.zeros(1, np.uint8))
        >>> shown.flatten().tolist()
        [200, 200, 200, 200]
    """
    todo: list[tuple[Any, Floats]] = [
        (c, v) for c, v in zip(*operations, strict=True) if c != NO_OP
    ]
    nearest, canvas = interpolation == "nearest", height_and_width(size)
    first = _window_matrix(image, crop_box, canvas)
    warp_follows = bool(todo) and todo[0][0] == WARP.code and not nearest
    inside = crop_box.min() >= 0 and crop_box.max() <= 1
    enlarges = abs(first[0, 0]) <= 1 and abs(first[1, 1]) <= 1
    merges = _whole(first) or (warp_follows and enlarges)
    warps: list[Floats] = []
    if merges and (inside or border != "reflect"):
        seen = image
        warps = [np.rint(first) if _whole(first) else first]
    else:
        seen = resample(image, crop_box, canvas, fill, reflect=border == "reflect")
    for code, value in todo:
        if code == WARP.code and len(warps) <= _MAX_WARPS:
            warps.append(_in_pixels(value, canvas))
            continue
        if warps:
            seen, warps = warp(seen, warps, canvas, fill, nearest=nearest), []
        if code == WARP.code:
            warps = [_in_pixels(value, canvas)]
        elif code == LENS.code:
            seen = lens(seen, value, fill, nearest=nearest)
        else:
            seen = _apply(seen, code, value, fill)
    return warp(seen, warps, canvas, fill, nearest=nearest) if warps else seen


def _apply(image: Pixels, code: int, value: Floats, fill: Pixels) -> Pixels:
    """Return the image with one operation applied that moves no pixels."""
    reference = SPECS[code].reference
    assert reference is not None
    if code in COLOR_CODES and image.shape[2] != 3:
        return image
    return reference(image, value, fill)


def _window_matrix(image: Pixels, crop_box: Floats, canvas: Canvas) -> Floats:
    """Return the map from the output's pixels to the source's."""
    height, width = image.shape[:2]
    x0, y0, x1, y1 = crop_box * [width, height, width, height]
    rows, columns = canvas
    across, down = (x1 - x0) / columns, (y1 - y0) / rows
    return np.array([[across, 0, x0], [0, down, y0], [0, 0, 1]])


def _whole(matrix: Floats) -> bool:
    """Tell whether it shows pixel by pixel, perhaps mirrored, within float rounding."""
    scales, offsets = np.abs(np.diag(matrix)[:2]), matrix[:2, 2]
    moved = np.abs(offsets - np.rint(offsets))
    return bool((np.abs(scales - 1) <= 1e-7).all() and (moved < 1e-4).all())


def _in_pixels(value: Floats, canvas: Canvas) -> Floats:
    """Return the matrix of a warp, from pixels to pixels; see `ops._warp`."""
    rows, columns = canvas
    matrix = np.eye(3)
    matrix[:2] = value[:6].reshape(2, 3)
    matrix[0, 2] = value[2] * columns + value[6] * (rows - columns)
    matrix[1, 2] = value[5] * rows + value[7] * (columns - rows)
    return matrix
