"""Lens: radial distortion, which no matrix can express.

    p - m  ->  (p - m) (1 + k1 r^2 + k2 r^4),    r = |p - m| / half the longer side

of the canvas, from places of the output to places of the input, about the point m.

Source: Brown, "Decentering Distortion of Lenses", 1966; the radial terms.
"""

import math

from trainwell.augment.engine._jit import kernel


@kernel
def gather_lens(value, image, canvas, nearest, fill, out):  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    """Write `image` seen through the lens to `out`; both as large as `canvas`."""
    channels = len(fill)
    rows, columns = canvas
    square = max(rows, columns) ** 2
    k1, k2, mx, my = value[0], value[1], value[2] * columns, value[3] * rows
    for y in range(rows):
        for x in range(columns):
            u, v = x + 0.5 - mx, y + 0.5 - my
            r = 4.0 * (u * u + v * v) / square
            grown = 1.0 + k1 * r + k2 * r * r
            u, v = mx + u * grown, my + v * grown
            p = (y * columns + x) * channels
            if not (0.0 <= u < columns and 0.0 <= v < rows):
                for c in range(channels):
                    out[p + c] = fill[c]
            elif nearest:
                q = (int(v) * columns + int(u)) * channels
                for c in range(channels):
                    out[p + c] = image[q + c]
            else:
                _linear(image, canvas, u - 0.5, v - 0.5, out, p, channels)


@kernel
def _linear(image, canvas, u, v, out, p, channels):  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    rows, columns = canvas
    left, top = int(math.floor(u)), int(math.floor(v))
    wx, wy = u - left, v - top
    right, below = min(left + 1, columns - 1), min(top + 1, rows - 1)
    left, top = max(left, 0), max(top, 0)
    for c in range(channels):
        above = (1 - wx) * image[(top * columns + left) * channels + c]
        above += wx * image[(top * columns + right) * channels + c]
        under = (1 - wx) * image[(below * columns + left) * channels + c]
        under += wx * image[(below * columns + right) * channels + c]
        out[p + c] = int((1 - wy) * above + wy * under + 0.5)
