"""Parameters: the numbers that each operation's stage takes to the device."""

import math

import numpy as np
import numpy.typing as npt

from trainwell.augment.batched._stages import Array, RenderOptions, Rows, Stage
from trainwell.augment.ops import _op_codes

Floats = npt.NDArray[np.float64]
_MOST = 2**26  # numbers in what a resampling makes on the way, about half a gigabyte
_ROUNDING = 1e-6
_KINDS = {
    _op_codes.LENS: "lens",
    _op_codes.CONTRAST: "contrast",
    _op_codes.AUTOCONTRAST: "autocontrast",
    _op_codes.EQUALIZE: "equalize",
    _op_codes.SATURATION: "saturation",
    _op_codes.HUE: "hue",
    _op_codes.COLOR_MATRIX: "color_matrix",
    _op_codes.SHARPNESS: "sharpness",
    _op_codes.BLUR: "blur",
    _op_codes.NOISE: "noise",
    _op_codes.ERASE: "erase",
}


def stage(code: int, rows: Rows, values: Floats, options: RenderOptions) -> Stage:
    """Return the stage of an operation that is neither a warp nor a point tone."""
    kind = _KINDS[code]
    if code in (_op_codes.AUTOCONTRAST, _op_codes.EQUALIZE):
        return Stage(kind, rows)
    if code in (_op_codes.CONTRAST, _op_codes.SATURATION, _op_codes.SHARPNESS):
        return Stage(kind, rows, (values[:, 0].astype(np.float32),))
    if code == _op_codes.BLUR:
        return Stage(kind, rows, (_gaussians(values[:, 0], values[:, 1]),))
    if code == _op_codes.NOISE:
        return Stage(kind, rows, (values[:, :2] * 255, values[:, 2].astype(np.int64)))
    if code == _op_codes.ERASE:
        return Stage(kind, rows, _rectangles(values, options))
    return Stage(kind, rows, (values,))


def resampling(
    crop_boxes: Floats,
    rows: Rows,
    places: tuple[Array, Array, Array],
    options: RenderOptions,
) -> list[Stage]:
    """Return the stages that resample crop boxes, none of them too large."""
    if not len(rows):
        return []
    first, heights, widths = (place[rows].astype(np.int64) for place in places)
    x0, y0, x1, y1 = crop_boxes[rows].T
    across, down = abs(x1 - x0) * widths, abs(y1 - y0) * heights
    reach = max(float(np.maximum(across, down).max()) / options.size, 1.0)
    taps = math.ceil(2 * reach + _ROUNDING)
    taps = min(taps, int(max(heights.max(), widths.max())))
    widest = min(widths.max(), math.floor(float(across.max()) + 2 * reach) + 4)
    each = int(widest) * options.size * options.channels
    wanted = min(len(rows), -(-len(rows) * each // _MOST))
    parts = np.array_split(np.arange(len(rows)), wanted)
    return [
        Stage(
            "resample",
            rows[part],
            (crop_boxes[rows[part]], first[part], heights[part], widths[part]),
            (taps, int(widest)),
        )
        for part in parts
    ]


def _gaussians(sigmas: Floats, radii: Floats) -> npt.NDArray[np.float32]:
    """Return the weights of every sample, (n, 2 r + 1) with r the largest radius."""
    largest = int(radii.max())
    distance = np.arange(-largest, largest + 1)
    safe = np.where(sigmas > 0, sigmas, 1.0)[:, None]
    weights = np.exp(-0.5 * (distance / safe) ** 2)
    weights = np.where(sigmas[:, None] > 0, weights, distance == 0)
    weights = np.where(np.abs(distance) <= radii[:, None].astype(int), weights, 0.0)
    single = weights.astype(np.float32)
    total = np.cumsum(single, axis=1, dtype=np.float32)[:, -1:]  # one after the other
    return single / total


def _rectangles(values: Floats, options: RenderOptions) -> tuple[Array, Array]:
    """Return x0 y0 x1 y1 in pixels, and the pixel value per channel."""
    box = np.rint(values[:, :4] * options.size).clip(0, options.size).astype(np.int64)
    last = values.shape[1] - 1
    pixel_values = values[:, np.minimum(4 + np.arange(options.channels), last)]
    return box, np.where(pixel_values < 0, options.fill, pixel_values.clip(0)).astype(
        np.uint8
    )
