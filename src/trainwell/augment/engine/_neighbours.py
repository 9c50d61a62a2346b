"""Kernels: what reads the neighbours of a pixel, and noise, which has its own place."""

import math

import numba
import numpy as np

from trainwell.augment.engine._jit import JIT
from trainwell.augment.engine._tones import cut

_U = np.uint64
_OF_26 = np.int32((1 << 20) // 26 + 1)  # n * this >> 20 is n // 26, up to 6643
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_M1, _M2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


@numba.njit(**JIT)
def sharpen(factor, image, size, channels, out):  # type: ignore[no-untyped-def]
    """Blend with the image smoothed by 3x3; its outermost pixels stay.

    The kernel is 1 1 1, 1 5 1, 1 1 1 over 13, as in Pillow's ImageEnhance.Sharpness.
    """
    width = size * channels
    low, high, factor = np.float32(0), np.float32(255), np.float32(factor)
    column = np.empty(width, np.int32)
    for y in (0, size - 1):
        start = y * width
        out[start : start + width] = image[start : start + width]
    for y in range(1, size - 1):
        here = _U(y * width)
        above, below, step = here - _U(width), here + _U(width), _U(channels)
        for i in range(width):
            k = _U(i)
            total = np.int32(image[above + k]) + np.int32(image[below + k])
            column[k] = total + np.int32(image[here + k])
        for i in range(channels, width - channels):
            k = _U(i)
            level = np.int32(image[here + k])
            total = column[k - step] + column[k] + column[k + step] + 4 * level
            smooth = np.float32(np.int32((2 * total + 13) * _OF_26) >> np.int32(20))
            blended = smooth + factor * (np.float32(level) - smooth)
            out[here + k] = np.uint8(min(max(blended, low), high))
        for c in range(channels):
            first, last = here + _U(c), below - step + _U(c)
            out[first], out[last] = image[first], image[last]


@numba.njit(**JIT)
def blur(sigma, radius, image, size, channels, out):  # type: ignore[no-untyped-def]
    """Convolve with a Gaussian, 2 radius + 1 taps per axis, mirrored at the border."""
    taps, width = 2 * radius + 1, size * channels
    weights = np.zeros(taps, np.float32)
    weights[radius] = 1.0
    if sigma > 0:
        for k in range(taps):
            weights[k] = math.exp(-0.5 * ((k - radius) / sigma) ** 2)
        weights /= weights.sum()
    across = np.empty((size, width), np.float32)
    padded = np.empty((size + 2 * radius) * channels, np.float32)
    for y in range(size):
        here = _U(y * width)
        for x in range(-radius, size + radius):
            p, q = _U((x + radius) * channels), _U(_mirror(x, size) * channels)
            for c in range(channels):
                padded[p + _U(c)] = image[here + q + _U(c)]
        total = across[y]
        total[:] = 0.0
        for k in range(taps):
            weight, shift = weights[k], _U(k * channels)
            for i in range(width):
                total[_U(i)] += weight * padded[_U(i) + shift]
    total = np.empty(width, np.float32)
    for y in range(size):
        here = _U(y * width)
        total[:] = 0.5
        for k in range(taps):
            weight, row = weights[k], across[_mirror(y + k - radius, size)]
            for i in range(width):
                total[_U(i)] += weight * row[_U(i)]
        for i in range(width):
            out[here + _U(i)] = np.uint8(total[_U(i)])


@numba.njit(**JIT)
def _mirror(index, length):  # type: ignore[no-untyped-def]
    last = length - 1
    while last > 0 and (index < 0 or index > last):
        index = -index if index < 0 else 2 * last - index
    return index if last > 0 else 0


@numba.njit(**JIT)
def add_noise(value, image, count, channels):  # type: ignore[no-untyped-def]
    """Add normal noise, some common to a pixel's channels and some of each its own.

    Every random number is a function of the key and the place alone.
    """
    together, apart = value[0] * 255, value[1] * 255
    key = np.uint64(value[2])
    noise = np.zeros(count * channels + channels)
    if apart > 0:
        for i in range(0, count * channels, 2):
            even, odd = _normals(key, i)
            noise[_U(i)], noise[_U(i + 1)] = apart * even, apart * odd
    if together > 0:
        key = _mix(key)
        for p in range(0, count, 2):
            even, odd = _normals(key, p)
            for c in range(channels):
                noise[_U(p * channels + c)] += together * even
                noise[_U((p + 1) * channels + c)] += together * odd
    for i in range(count * channels):
        image[_U(i)] = cut(image[_U(i)] + noise[_U(i)] + 0.5)


@numba.njit(**JIT)
def _normals(key, place):  # type: ignore[no-untyped-def]
    """Return two standard normal numbers, by Box and Muller's transform."""
    first = _unit(_mix(key ^ _mix(np.uint64(place))))
    angle = 2.0 * math.pi * _unit(_mix(key ^ _mix(np.uint64(place + 1))))
    radius = math.sqrt(-2.0 * math.log(1.0 - first))
    return radius * math.cos(angle), radius * math.sin(angle)


@numba.njit(**JIT)
def _unit(word):  # type: ignore[no-untyped-def]
    return np.float64(word >> np.uint64(11)) * 2.0**-53


@numba.njit(**JIT)
def _mix(z):  # type: ignore[no-untyped-def]
    """SplitMix64's output function, as in `core.keyed`."""
    z = z + _GOLDEN
    z = (z ^ (z >> np.uint64(30))) * _M1
    z = (z ^ (z >> np.uint64(27))) * _M2
    return z ^ (z >> np.uint64(31))
