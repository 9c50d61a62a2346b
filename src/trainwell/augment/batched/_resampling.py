"""Resampling: the stages that resample crop boxes, none of them too large."""

import math

import numpy as np
import numpy.typing as npt

from trainwell.augment.batched._stages import Array, RenderOptions, Rows, Stage

Floats = npt.NDArray[np.float64]
_MAX_SIZE = 2**26  # numbers in an intermediate result, about half a gigabyte
_ROUNDING = 1e-6


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
    canvas_rows, canvas_columns = options.canvas
    scale = np.maximum(across / canvas_columns, down / canvas_rows)
    reach = max(float(scale.max()), 1.0)
    taps = math.ceil(2 * reach + _ROUNDING)
    taps = min(taps, int(max(heights.max(), widths.max())))
    widest = min(widths.max(), math.floor(float(across.max()) + 2 * reach) + 4)
    each = int(widest) * max(options.canvas) * options.channels
    wanted = min(len(rows), -(-len(rows) * each // _MAX_SIZE))
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
