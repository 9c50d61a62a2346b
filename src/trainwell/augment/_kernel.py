"""The compiled pass: one sample's window, resampled, looked up, written once.

A window is resampled per axis with a triangle filter: bilinear when it enlarges,
widened to the scale when it reduces, so that nothing aliases (as Pillow's BILINEAR
resize does). An output pixel whose centre falls outside the image is mirrored into it
(`reflect`) or takes the fill level. The result is rounded to 8 bits, so that training,
prediction and an export that is fed 8-bit images see the same values, and looked up in
a table per channel.
"""

import math
from typing import Any

import numba
import numpy as np

_JIT: dict[str, Any] = {"nogil": True, "cache": True, "boundscheck": False}


@numba.njit(**_JIT)
def taps(low, high, length, size, reflect, first, count, weight):  # type: ignore[no-untyped-def]
    """Fill, for each of `size` output pixels, its source pixels and their weights.

    `count` is 0 where the centre lies outside and is not reflected.
    """
    scale = abs(high - low) * length / size
    support = max(scale, 1.0)
    for i in range(size):
        centre = (low + (high - low) * (i + 0.5) / size) * length
        if reflect:
            last = length - 1.0
            index = centre - 0.5
            while last > 0.0 and (index < 0.0 or index > last):
                index = -index if index < 0.0 else 2.0 * last - index
            centre = index + 0.5 if last > 0.0 else 0.5
        elif centre < 0.0 or centre > length:
            count[i] = 0
            continue
        begin = max(0, int(math.floor(centre - support + 0.5 + 1e-6)))
        end = min(length, int(math.ceil(centre + support - 0.5 - 1e-6)) + 1)
        total = 0.0
        n = 0
        start = begin
        for k in range(begin, end):
            w = 1.0 - abs(k + 0.5 - centre) / support
            if w > 1e-6:
                if n == 0:
                    start = k
                weight[i, n] = w
                total += w
                n += 1
        first[i] = start
        count[i] = n
        for k in range(n):
            weight[i, k] /= total


@numba.njit(**_JIT)
def render_samples(  # type: ignore[no-untyped-def]
    buffer,
    offsets,
    heights,
    widths,
    windows,
    reflect,
    fill,
    table,
    out,
):
    """Render sample i of every argument into out[i], size x size x channels."""
    size, channels = out.shape[1], out.shape[3]
    first = np.empty((2, size), np.int32)
    count = np.empty((2, size), np.int32)
    for i in range(len(out)):
        height, width = heights[i], widths[i]
        x0, y0, x1, y1 = windows[i, 0], windows[i, 1], windows[i, 2], windows[i, 3]
        widest = max(abs(x1 - x0) * width, abs(y1 - y0) * height) / size
        weight = np.empty((2, size, 2 * int(max(widest, 1.0)) + 4), np.float32)
        taps(x0, x1, width, size, reflect, first[0], count[0], weight[0])
        taps(y0, y1, height, size, reflect, first[1], count[1], weight[1])
        top, bottom = height, 0
        for y in range(size):
            if count[1, y] > 0:
                top = min(top, first[1, y])
                bottom = max(bottom, first[1, y] + count[1, y])
        if bottom <= top:
            top, bottom = 0, 0
        across = np.empty((bottom - top, size, channels), np.float32)
        for row in range(top, bottom):
            line = offsets[i] + row * width * channels
            for x in range(size):
                start = line + first[0, x] * channels
                n = count[0, x]
                if n == 1:
                    for c in range(channels):
                        across[row - top, x, c] = buffer[start + c]
                else:
                    for c in range(channels):
                        value = np.float32(0.0)
                        for k in range(n):
                            value += weight[0, x, k] * buffer[start + k * channels + c]
                        across[row - top, x, c] = value
        for y in range(size):
            start = first[1, y] - top
            n = count[1, y]
            for x in range(size):
                inside = n > 0 and count[0, x] > 0
                for c in range(channels):
                    value = np.float32(fill[c])
                    if inside:
                        value = np.float32(0.0)
                        for k in range(n):
                            value += weight[1, y, k] * across[start + k, x, c]
                    level = int(value + np.float32(0.5))
                    out[i, y, x, c] = table[c, min(max(level, 0), 255)]
