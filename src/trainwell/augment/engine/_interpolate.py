"""Linear interpolation between four pixels, in whole numbers.

Weights have 7 bits across and 6 down, so that the three channels of a pixel are
interpolated at once, as fields of one 64-bit word. A line is what x adds to: (fx, ax,
fy, ay) are the place of x = 0 and the step per x along either axis, with 16 fractional
bits.
"""

import numpy as np

from trainwell.augment.engine._jit import kernel

_U = np.uint64
_LEVEL = _U(255)
_FIELD = 21  # bits of a channel in a word: 8 of the pixel value, 13 of the weights
_HALVES = _U(4096 * (1 + (1 << _FIELD) + (1 << 2 * _FIELD)))  # to round by


@kernel
def _weights(gx, gy):  # type: ignore[no-untyped-def]
    """Return weights of the pixel, its right, lower and diagonal neighbour: 8192."""
    wx = _U(((gx & 65535) + 256) >> 9)
    wy = _U(((gy & 65535) + 512) >> 10)
    both = wx * wy
    right, below = (wx << _U(6)) - both, (wy << _U(7)) - both
    return _U(8192) - right - below - both, right, below, both


@kernel
def _word(pixels, p):  # type: ignore[no-untyped-def]
    """Return the three channels of a pixel as fields of one word."""
    green, blue = _U(pixels[p + _U(1)]), _U(pixels[p + _U(2)])
    return _U(pixels[p]) | (green << _U(_FIELD)) | (blue << _U(2 * _FIELD))


@kernel
def to_words(pixels, base, words):  # type: ignore[no-untyped-def]
    base = _U(base)
    for i in range(len(words)):
        words[_U(i)] = _word(pixels, base + _U(i) * _U(3))


@kernel
def _put(word, out, q):  # type: ignore[no-untyped-def]
    """Write the rounded fields."""
    word = word + _HALVES
    out[q] = (word >> _U(13)) & _LEVEL
    out[q + _U(1)] = (word >> _U(13 + _FIELD)) & _LEVEL
    out[q + _U(2)] = (word >> _U(13 + 2 * _FIELD)) & _LEVEL


@kernel
def linear_words(words, width, line, x0, x1, out, row):  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    fx, ax, fy, ay = line
    width = _U(width)
    for x in range(x0, x1):
        gx, gy = fx + x * ax, fy + x * ay
        here, right, below, both = _weights(gx, gy)
        p = _U(gy >> 16) * width + _U(gx >> 16)
        q = p + width
        upper = words[p] * here + words[p + _U(1)] * right
        lower = words[q] * below + words[q + _U(1)] * both
        _put(upper + lower, out, _U((row + x) * 3))


@kernel
def linear_3(pixels, base, width, line, x0, x1, out, row):  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    fx, ax, fy, ay = line
    base, width = _U(base), _U(width)
    for x in range(x0, x1):
        gx, gy = fx + x * ax, fy + x * ay
        here, right, below, both = _weights(gx, gy)
        p = base + (_U(gy >> 16) * width + _U(gx >> 16)) * _U(3)
        q = p + width * _U(3)
        upper = _word(pixels, p) * here + _word(pixels, p + _U(3)) * right
        lower = _word(pixels, q) * below + _word(pixels, q + _U(3)) * both
        _put(upper + lower, out, _U((row + x) * 3))


@kernel
def linear(pixels, base, width, line, x0, x1, out, row, channels):  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    fx, ax, fy, ay = line
    base, width, step = _U(base), _U(width), _U(channels)
    for x in range(x0, x1):
        gx, gy = fx + x * ax, fy + x * ay
        here, right, below, both = _weights(gx, gy)
        p = base + (_U(gy >> 16) * width + _U(gx >> 16)) * step
        q, o = p + width * step, _U(row + x) * step
        for c in range(channels):
            k = _U(c)
            upper = _U(pixels[p + k]) * here + _U(pixels[p + step + k]) * right
            lower = _U(pixels[q + k]) * below + _U(pixels[q + step + k]) * both
            out[o + k] = (upper + lower + _U(4096)) >> _U(13)


@kernel
def at_border(pixels, base, height, width, line, x0, x1, out, row, channels):  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    """Interpolate where some of the four pixels would be outside: take the nearest."""
    fx, ax, fy, ay = line
    for x in range(x0, x1):
        gx, gy = fx + x * ax, fy + x * ay
        here, right, below, both = _weights(gx, gy)
        left, top = gx >> 16, gy >> 16
        next_x, next_y = min(left + 1, width - 1), min(top + 1, height - 1)
        left, top = max(left, 0), max(top, 0)
        for c in range(channels):
            value = _U(4096)
            value += _U(pixels[_U(base + (top * width + left) * channels + c)]) * here
            value += (
                _U(pixels[_U(base + (top * width + next_x) * channels + c)]) * right
            )
            value += (
                _U(pixels[_U(base + (next_y * width + left) * channels + c)]) * below
            )
            value += (
                _U(pixels[_U(base + (next_y * width + next_x) * channels + c)]) * both
            )
            out[_U((row + x) * channels + c)] = value >> _U(13)
