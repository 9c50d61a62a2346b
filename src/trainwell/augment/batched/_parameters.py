"""Parameters: the numbers that each operation's stage takes to the device."""

import math

import numpy as np
import numpy.typing as npt

from trainwell.augment.batched._stages import Array, How, Rows, Stage
from trainwell.augment.ops import _codes

Floats = npt.NDArray[np.float64]
_MOST = 2**26  # numbers in what a resampling makes on the way, about half a gigabyte
_ROUNDING = 1e-6
_KINDS = {
    _codes.LENS: "lens",
    _codes.CONTRAST: "contrast",
    _codes.AUTOCONTRAST: "autocontrast",
    _codes.EQUALIZE: "equalize",
    _codes.SATURATION: "saturation",
    _codes.HUE: "hue",
    _codes.COLOR_MATRIX: "color_matrix",
    _codes.SHARPNESS: "sharpness",
    _codes.BLUR: "blur",
    _codes.NOISE: "noise",
    _codes.ERASE: "erase",
}


def stage(code: int, rows: Rows, values: Floats, how: How) -> Stage:
    """Return the stage of an operation that is neither a warp nor a point tone."""
    kind = _KINDS[code]
    if code in (_codes.AUTOCONTRAST, _codes.EQUALIZE):
        return Stage(kind, rows)
    if code in (_codes.CONTRAST, _codes.SATURATION, _codes.SHARPNESS):
        return Stage(kind, rows, (values[:, 0].astype(np.float32),))
    if code == _codes.BLUR:
        return Stage(kind, rows, (_gaussians(values[:, 0], values[:, 1]),))
    if code == _codes.NOISE:
        return Stage(kind, rows, (values[:, :2] * 255, values[:, 2].astype(np.int64)))
    if code == _codes.ERASE:
        return Stage(kind, rows, _rectangles(values, how))
    return Stage(kind, rows, (values,))


def resampling(
    windows: Floats, rows: Rows, places: tuple[Array, Array, Array], how: How
) -> list[Stage]:
    """Return the stages that resample windows, none of them too large."""
    if not len(rows):
        return []
    first, heights, widths = (place[rows].astype(np.int64) for place in places)
    x0, y0, x1, y1 = windows[rows].T
    across, down = abs(x1 - x0) * widths, abs(y1 - y0) * heights
    reach = max(float(np.maximum(across, down).max()) / how.size, 1.0)
    taps = math.ceil(2 * reach + _ROUNDING)
    taps = min(taps, int(max(heights.max(), widths.max())))
    widest = min(widths.max(), math.floor(float(across.max()) + 2 * reach) + 4)
    each = int(widest) * how.size * how.channels
    wanted = min(len(rows), -(-len(rows) * each // _MOST))
    parts = np.array_split(np.arange(len(rows)), wanted)
    return [
        Stage(
            "resample",
            rows[part],
            (windows[rows[part]], first[part], heights[part], widths[part]),
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


def _rectangles(values: Floats, how: How) -> tuple[Array, Array]:
    """Return x0 y0 x1 y1 in pixels, and the level per channel."""
    box = np.rint(values[:, :4] * how.size).clip(0, how.size).astype(np.int64)
    last = values.shape[1] - 1
    levels = values[:, np.minimum(4 + np.arange(how.channels), last)]
    return box, np.where(levels < 0, how.fill, levels.clip(0)).astype(np.uint8)
