"""Warp: for each output pixel, the source pixels that an affine map points at.

A pixel is inside if its centre falls into the source and, before that, into the canvas
of every warp on the way. Along a row these are intervals, so that the inner loops need
no tests. Coordinates have 16 fractional bits, as in Pillow's affine transform, with
which nearest neighbours agree exactly. Places are unsigned: signed ones might count
from the end, which costs a test each and all vector instructions.
"""

import math

import numpy as np

from trainwell.augment.engine._interpolate import (
    at_border,
    linear,
    linear_3,
    linear_words,
    to_words,
)
from trainwell.augment.engine._jit import kernel

_ONE = 65536
_U = np.uint64
_WORTH = 4  # source pixels per output pixel up to which all of them become words


@kernel
def fixed(value):  # type: ignore[no-untyped-def]
    """Round to 16 fractional bits."""
    return int(math.floor(value * 65536.0 + 0.5))


@kernel
def inside(start, slope, length, first, last):  # type: ignore[no-untyped-def]
    """Return the part of [first, last) where 0 <= start + slope x < length << 16."""
    limit = length * 65536
    if slope == 0:
        return (first, last) if 0 <= start < limit else (first, first)
    if slope > 0:
        low = -(start // slope)  # ceil(-start / slope)
        high = -((start - limit) // slope)  # ceil((limit - start) / slope)
    else:
        low = (start - limit) // -slope + 1
        high = start // -slope + 1
    first = min(max(first, low), last)
    return first, max(first, min(last, high))


@kernel
def gather(pixels, image, matrix, clips, canvas, nearest, fill, out):  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    """Write the rows x columns x channels pixels that `matrix` shows to `out`, flat.

    Args:
        pixels: Flat pixel values.
        image: Offset of the source's first pixel, its rows, its columns.
        matrix: a b c d e f, from pixels of the output to pixels of the source.
        clips: Such matrices to canvases of the output's size, (m, 6).
        canvas: Rows and columns of the output.
        nearest: Take one pixel; else interpolate linearly between four.
        fill: Level per channel of what lies outside.
        out: Array that is written.
    """
    channels = len(fill)
    base, height, width = image
    rows, columns = canvas
    ax, bx = fixed(matrix[0]), fixed(matrix[1])
    ay, by = fixed(matrix[3]), fixed(matrix[4])
    cx = fixed(matrix[2] + 0.5 * (matrix[0] + matrix[1]))
    cy = fixed(matrix[5] + 0.5 * (matrix[3] + matrix[4]))
    if (ax | bx | ay | by | (cx - _ONE // 2) | (cy - _ONE // 2)) % _ONE == 0:
        nearest = True  # whole pixels, perhaps mirrored or turned by right angles
    small = height * width <= _WORTH * rows * columns
    words_fit = channels == 3 and pixels.itemsize == 1  # of 64 bits
    worth = words_fit and small and not nearest
    words = np.empty(height * width if worth else 0, np.uint64)
    to_words(pixels, base, words)
    for y in range(rows):
        x0, x1 = inside(cx + y * bx, ax, width, 0, columns)
        x0, x1 = inside(cy + y * by, ay, height, x0, x1)
        for k in range(len(clips)):
            m = clips[k]
            for r, length in ((0, columns), (3, rows)):
                start = fixed(m[r + 2] + 0.5 * m[r] + (y + 0.5) * m[r + 1])
                x0, x1 = inside(start, fixed(m[r]), length, x0, x1)
        row = y * columns
        _fill(out, row, row + x0, fill)
        _fill(out, row + x1, row + columns, fill)
        fx, fy = cx + y * bx, cy + y * by
        if nearest:
            if ay == 0 and ax == _ONE:
                p = base + ((fy >> 16) * width + ((fx + x0 * ax) >> 16)) * channels
                _copy(pixels, p, out, (row + x0) * channels, (x1 - x0) * channels)
            else:
                _nearest(
                    pixels, base, width, (fx, ax, fy, ay), x0, x1, out, row, channels
                )
            continue
        fx, fy = fx - _ONE // 2, fy - _ONE // 2
        i0, i1 = inside(fx, ax, width - 1, x0, x1)  # all four pixels in the source
        i0, i1 = inside(fy, ay, height - 1, i0, i1)
        line = (fx, ax, fy, ay)
        at_border(pixels, base, height, width, line, x0, i0, out, row, channels)
        at_border(pixels, base, height, width, line, i1, x1, out, row, channels)
        if not words_fit:
            linear(pixels, base, width, line, i0, i1, out, row, channels)
        elif len(words):
            linear_words(words, width, line, i0, i1, out, row)
        else:
            linear_3(pixels, base, width, line, i0, i1, out, row)


@kernel
def _fill(out, first, last, fill):  # type: ignore[no-untyped-def]
    channels = len(fill)
    for p in range(first, last):
        for c in range(channels):
            out[_U(p * channels + c)] = fill[_U(c)]


@kernel
def _copy(pixels, p, out, q, count):  # type: ignore[no-untyped-def]
    p, q = _U(p), _U(q)
    for i in range(count):
        out[q + _U(i)] = pixels[p + _U(i)]


@kernel
def _nearest(pixels, base, width, line, x0, x1, out, row, channels):  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    fx, ax, fy, ay = line
    base, width = _U(base), _U(width)
    if channels == 3:
        for x in range(x0, x1):
            p = _U((fy + x * ay) >> 16) * width + _U((fx + x * ax) >> 16)
            p, q = base + p * _U(3), _U((row + x) * 3)
            out[q] = pixels[p]
            out[q + _U(1)] = pixels[p + _U(1)]
            out[q + _U(2)] = pixels[p + _U(2)]
        return
    step = _U(channels)
    for x in range(x0, x1):
        p = _U((fy + x * ay) >> 16) * width + _U((fx + x * ax) >> 16)
        p, q = base + p * step, _U(row + x) * step
        for c in range(channels):
            out[q + _U(c)] = pixels[p + _U(c)]
