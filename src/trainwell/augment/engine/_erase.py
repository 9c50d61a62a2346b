"""Erase: a rectangle of one colour."""

import numba
import numpy as np

from trainwell.augment.engine._jit import JIT

_U = np.uint64


@numba.njit(**JIT)
def erase(value, image, size, fill):  # type: ignore[no-untyped-def]
    """Fill value[:4] of the canvas with the color value[4:], or with `fill`."""
    channels = len(fill)
    x0 = max(0, int(np.rint(value[0] * size)))
    y0 = max(0, int(np.rint(value[1] * size)))
    x1 = min(size, int(np.rint(value[2] * size)))
    y1 = min(size, int(np.rint(value[3] * size)))
    for c in range(channels):
        level = value[min(4 + c, len(value) - 1)]
        filling = fill[c] if level < 0 else np.uint8(level)
        for y in range(y0, y1):
            p = _U((y * size + x0) * channels + c)
            for i in range(x1 - x0):
                image[p + _U(i) * _U(channels)] = filling
