"""Lens: radial distortion, which no matrix can express.

    p - m  ->  (p - m) (1 + k1 r^2 + k2 r^4),    r = |p - m| / half the canvas' side

from places of the output to places of the input, about the point m.

Source: Brown, "Decentering Distortion of Lenses", 1966; the radial terms.
"""

import math

import numba

from trainwell.augment.engine._jit import JIT


@numba.njit(**JIT)
def gather_lens(value, image, size, nearest, fill, out):  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    """Write `image` seen through the lens to `out`; both size x size x channels."""
    channels = len(fill)
    k1, k2, mx, my = value[0], value[1], value[2] * size, value[3] * size
    for y in range(size):
        for x in range(size):
            u, v = x + 0.5 - mx, y + 0.5 - my
            r = 4.0 * (u * u + v * v) / (size * size)
            grown = 1.0 + k1 * r + k2 * r * r
            u, v = mx + u * grown, my + v * grown
            p = (y * size + x) * channels
            if not (0.0 <= u < size and 0.0 <= v < size):
                for c in range(channels):
                    out[p + c] = fill[c]
            elif nearest:
                q = (int(v) * size + int(u)) * channels
                for c in range(channels):
                    out[p + c] = image[q + c]
            else:
                _linear(image, size, u - 0.5, v - 0.5, out, p, channels)


@numba.njit(**JIT)
def _linear(image, size, u, v, out, p, channels):  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    left, top = int(math.floor(u)), int(math.floor(v))
    wx, wy = u - left, v - top
    right, below = min(left + 1, size - 1), min(top + 1, size - 1)
    left, top = max(left, 0), max(top, 0)
    for c in range(channels):
        above = (1 - wx) * image[(top * size + left) * channels + c]
        above += wx * image[(top * size + right) * channels + c]
        under = (1 - wx) * image[(below * size + left) * channels + c]
        under += wx * image[(below * size + right) * channels + c]
        out[p + c] = int((1 - wy) * above + wy * under + 0.5)
