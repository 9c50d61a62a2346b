"""Kernels: what changes pixels where they are, noise and rectangles."""

import math

import numpy as np

from trainwell.augment.engine._histograms import cut
from trainwell.augment.engine._jit import kernel
from trainwell.augment.ops._erase import ERASE
from trainwell.augment.ops._noise import NOISE

_U = np.uint64
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_M1, _M2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_ERASE, _NOISE = ERASE.code, NOISE.code


@kernel
def change_in_place(code, value, image, canvas, fill):  # type: ignore[no-untyped-def]
    """Change the image, as large as `canvas`, by one operation."""
    if code == _NOISE:
        _add_noise(value, image, canvas[0] * canvas[1], len(fill))
    elif code == _ERASE:
        _erase(value, image, canvas, fill)


@kernel
def _erase(value, image, canvas, fill):  # type: ignore[no-untyped-def]
    """Fill value[:4] of the canvas with the color value[4:], or with `fill`."""
    channels = len(fill)
    rows, columns = canvas
    x0 = max(0, int(np.rint(value[0] * columns)))
    y0 = max(0, int(np.rint(value[1] * rows)))
    x1 = min(columns, int(np.rint(value[2] * columns)))
    y1 = min(rows, int(np.rint(value[3] * rows)))
    for c in range(channels):
        level = value[min(4 + c, len(value) - 1)]
        scale = 257 if fill.itemsize == 2 else 1
        filling = fill[c] if level < 0 else fill.dtype.type(level * scale)
        for y in range(y0, y1):
            p = _U((y * columns + x0) * channels + c)
            for i in range(x1 - x0):
                image[p + _U(i) * _U(channels)] = filling


@kernel
def _add_noise(value, image, count, channels):  # type: ignore[no-untyped-def]
    """Add normal noise, some common to a pixel's channels and some of each its own.

    Every random number is a function of the key and the place alone.
    """
    common_std, own_std = value[0] * 255, value[1] * 255
    key = np.uint64(value[2])
    noise = np.zeros(count * channels + channels)
    if own_std > 0:
        for i in range(0, count * channels, 2):
            even, odd = _normals(key, i)
            noise[_U(i)], noise[_U(i + 1)] = own_std * even, own_std * odd
    if common_std > 0:
        key = _mix(key)
        for p in range(0, count, 2):
            even, odd = _normals(key, p)
            for c in range(channels):
                noise[_U(p * channels + c)] += common_std * even
                noise[_U((p + 1) * channels + c)] += common_std * odd
    for i in range(count * channels):
        image[_U(i)] = cut(image[_U(i)] + noise[_U(i)] + 0.5)


@kernel
def _normals(key, place):  # type: ignore[no-untyped-def]
    """Return two standard normal numbers, by Box and Muller's transform."""
    first = _unit(_mix(key ^ _mix(np.uint64(place))))
    angle = 2.0 * math.pi * _unit(_mix(key ^ _mix(np.uint64(place + 1))))
    radius = math.sqrt(-2.0 * math.log(1.0 - first))
    return radius * math.cos(angle), radius * math.sin(angle)


@kernel
def _unit(word):  # type: ignore[no-untyped-def]
    return np.float64(word >> np.uint64(11)) * 2.0**-53


@kernel
def _mix(z):  # type: ignore[no-untyped-def]
    """SplitMix64's output function, as in `core.keyed`."""
    z = z + _GOLDEN
    z = (z ^ (z >> np.uint64(30))) * _M1
    z = (z ^ (z >> np.uint64(27))) * _M2
    return z ^ (z >> np.uint64(31))
