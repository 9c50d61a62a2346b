"""The compiled pass: one sample's window, resampled, looked up, written once.

A window is resampled per axis with a triangle filter: bilinear when it enlarges,
widened to the scale when it reduces, so that nothing aliases (as Pillow's BILINEAR
resize does). An output pixel whose centre falls outside the image is mirrored into it
(`reflect`) or takes the fill level. The result is rounded to 8 bits, so that training,
prediction and an export that is fed 8-bit images see the same values, and looked up in
a table per channel.
"""

import math

import numba
import numpy as np

from trainwell.augment.engine._jit import JIT

_U = np.uint64


@numba.njit(**JIT)
def taps(low, high, length, size, reflect, first, count, weight):  # type: ignore[no-untyped-def]  # noqa: PLR0913
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


@numba.njit(**JIT)
def resample(pixels, base, height, width, window, reflect, fill, out):  # type: ignore[no-untyped-def]  # noqa: E501, PLR0913, PLR0917
    """Write a window of an image to `out`, flat, size x size x channels levels.

    Args:
        pixels: Flat levels; the image is height x width x channels from `base`.
        base: Where it begins.
        height: Its rows.
        width: Its columns.
        window: x0, y0, x1, y1 in widths and heights of the image.
        reflect: Mirror what lies outside; else it has the level of `fill`.
        fill: Per channel.
        out: What is written.
    """
    channels = len(fill)
    size = int(math.sqrt(len(out) // channels) + 0.5)
    first = np.empty((2, size), np.int32)
    count = np.empty((2, size), np.int32)
    x0, y0, x1, y1 = window[0], window[1], window[2], window[3]
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
    across = np.empty((bottom - top, size * channels), np.float32)
    for row in range(top, bottom):
        line = base + row * width * channels
        for x in range(size):
            start = _U(line + first[0, x] * channels)
            for c in range(channels):
                value = np.float32(0.0)
                for k in range(count[0, x]):
                    level = np.float32(pixels[start + _U(k * channels + c)])
                    value += weight[0, x, k] * level
                across[row - top, x * channels + c] = value
    for y in range(size):
        start = first[1, y] - top
        line = _U(y * size * channels)
        total = np.full(size * channels, np.float32(0.5), np.float32)
        for k in range(count[1, y]):
            w, source = weight[1, y, k], across[start + k]
            for i in range(size * channels):
                total[_U(i)] += w * source[_U(i)]
        for x in range(size):
            outside = count[1, y] == 0 or count[0, x] == 0
            for c in range(channels):
                q = _U(x * channels + c)
                out[line + q] = fill[_U(c)] if outside else np.uint8(total[q])
