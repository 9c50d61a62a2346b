"""Kernels: what reads the neighbours of a pixel."""

import math

import numpy as np

from trainwell.augment.engine._jit import kernel
from trainwell.augment.ops._blur import RIM_BLUR
from trainwell.augment.ops._gaussian_blur import BLUR
from trainwell.augment.ops._sharpness import SHARPNESS
from trainwell.augment.ops._smooth import SMOOTH

_U = np.uint64
_OF_26 = np.int32((1 << 20) // 26 + 1)  # n * this >> 20 is n // 26, up to 6643
_BLUR, _SHARPNESS = BLUR.code, SHARPNESS.code
_SMOOTH, _RIM_BLUR = SMOOTH.code, RIM_BLUR.code


@kernel
def filter_neighbours(code, value, image, canvas, channels, out):  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    """Write the filtered image, as large as `canvas`, to `out`."""
    if code == _BLUR:
        _blur(value[0], int(value[1]), image, canvas, channels, out)
    elif code == _SHARPNESS:
        _smooth(value[0], False, image, canvas, channels, out)
    elif code == _SMOOTH:
        _smooth(value[0], True, image, canvas, channels, out)
    elif code == _RIM_BLUR:
        _rim_blur(value[0], image, canvas, channels, out)


@kernel
def _smooth(factor, towards, image, canvas, channels, out):  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    """Blend with the image smoothed by 3x3; its outermost pixels stay.

    Move from the smoothed image to the image and beyond, or `towards` the smoothed one.

    The kernel is 1 1 1, 1 5 1, 1 1 1 over 13, as in Pillow's ImageEnhance.Sharpness.
    """
    rows, width = canvas[0], canvas[1] * channels
    low, high, factor = np.float32(0), np.float32(255), np.float32(factor)
    column = np.empty(width, np.int32)
    for y in (0, rows - 1):
        start = y * width
        out[start : start + width] = image[start : start + width]
    for y in range(1, rows - 1):
        here = _U(y * width)
        above, below, step = here - _U(width), here + _U(width), _U(channels)
        for i in range(width):
            k = _U(i)
            total = np.int32(image[above + k]) + np.int32(image[below + k])
            column[k] = total + np.int32(image[here + k])
        if towards:
            for i in range(channels, width - channels):
                k = _U(i)
                level = np.float32(image[here + k])
                blended = level + factor * (_mean(image, column, here, k, step) - level)
                out[here + k] = np.uint8(blended)
        else:
            for i in range(channels, width - channels):
                k = _U(i)
                smooth = _mean(image, column, here, k, step)
                blended = smooth + factor * (np.float32(image[here + k]) - smooth)
                out[here + k] = np.uint8(min(max(blended, low), high))
        for c in range(channels):
            first, last = here + _U(c), below - step + _U(c)
            out[first], out[last] = image[first], image[last]


@kernel
def _mean(image, column, here, k, step):  # type: ignore[no-untyped-def]
    """Return the weighted mean about a pixel, rounded, from the sums of columns."""
    total = column[k - step] + column[k] + column[k + step]
    total += 4 * np.int32(image[here + k])
    return np.float32(np.int32((2 * total + 13) * _OF_26) >> np.int32(20))


@kernel
def _rim_blur(amount, image, canvas, channels, out):  # type: ignore[no-untyped-def]
    """Blend with the mean of the rim of 5x5; two rows and columns stay at the border.

    The kernel is that of Pillow's ImageFilter.BLUR.
    """
    rows, width = canvas[0], canvas[1] * channels
    amount, edge = np.float32(amount), 2 * channels
    out[:] = image
    for y in range(2, rows - 2):
        here = y * width
        for i in range(edge, width - edge):
            total = np.int32(8)
            for step in (-2, 2):
                row = _U(here + step * width + i - edge)
                for k in range(5):
                    total += np.int32(image[row + _U(k * channels)])
            for step in (-1, 0, 1):
                row = here + step * width + i
                total += np.int32(image[_U(row - edge)])
                total += np.int32(image[_U(row + edge)])
            level = np.float32(image[_U(here + i)])
            out[_U(here + i)] = np.uint8(
                level + amount * (np.float32(total >> np.int32(4)) - level)
            )


@kernel
def _blur(sigma, radius, image, canvas, channels, out):  # type: ignore[no-untyped-def]
    """Convolve with a Gaussian, 2 radius + 1 taps per axis, mirrored at the border."""
    rows, columns = canvas
    taps, width = 2 * radius + 1, columns * channels
    weights = np.zeros(taps, np.float32)
    weights[radius] = 1.0
    if sigma > 0:
        for k in range(taps):
            weights[k] = math.exp(-0.5 * ((k - radius) / sigma) ** 2)
        weights /= weights.sum()
    across = np.empty((rows, width), np.float32)
    padded = np.empty((columns + 2 * radius) * channels, np.float32)
    for y in range(rows):
        here = _U(y * width)
        for x in range(-radius, columns + radius):
            p, q = _U((x + radius) * channels), _U(_mirror(x, columns) * channels)
            for c in range(channels):
                padded[p + _U(c)] = image[here + q + _U(c)]
        total = across[y]
        total[:] = 0.0
        for k in range(taps):
            weight, shift = weights[k], _U(k * channels)
            for i in range(width):
                total[_U(i)] += weight * padded[_U(i) + shift]
    total = np.empty(width, np.float32)
    for y in range(rows):
        here = _U(y * width)
        total[:] = 0.5
        for k in range(taps):
            weight, row = weights[k], across[_mirror(y + k - radius, rows)]
            for i in range(width):
                total[_U(i)] += weight * row[_U(i)]
        for i in range(width):
            out[here + _U(i)] = np.uint8(total[_U(i)])


@kernel
def _mirror(index, length):  # type: ignore[no-untyped-def]
    last = length - 1
    while last > 0 and (index < 0 or index > last):
        index = -index if index < 0 else 2 * last - index
    return index if last > 0 else 0
