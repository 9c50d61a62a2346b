"""Tone: tables of 256 pixel values per channel, some of them read off the image.

Levels are cut to 8 bits towards zero, as in Pillow's ImageEnhance and ImageOps.
"""

import numba
import numpy as np

from trainwell.augment.engine._jit import JIT
from trainwell.augment.ops._autocontrast import AUTOCONTRAST
from trainwell.augment.ops._brightness import BRIGHTNESS
from trainwell.augment.ops._contrast import CONTRAST
from trainwell.augment.ops._equalize import EQUALIZE
from trainwell.augment.ops._gamma import GAMMA
from trainwell.augment.ops._invert import INVERT
from trainwell.augment.ops._posterize import POSTERIZE
from trainwell.augment.ops._scale_and_shift import SCALE_AND_SHIFT
from trainwell.augment.ops._solarize import SOLARIZE
from trainwell.augment.ops._solarize_add import SOLARIZE_ADD

_U = np.uint64
_AUTOCONTRAST = AUTOCONTRAST.code
_CONTRAST = CONTRAST.code
_EQUALIZE = EQUALIZE.code
_GAMMA = GAMMA.code
_INVERT = INVERT.code
_SCALE_AND_SHIFT = SCALE_AND_SHIFT.code
_POSTERIZE = POSTERIZE.code
_BRIGHTNESS = BRIGHTNESS.code
_SOLARIZE = SOLARIZE.code
_SOLARIZE_ADD = SOLARIZE_ADD.code


@numba.njit(**JIT)
def cut(value):  # type: ignore[no-untyped-def]
    """Cut to 8 bits towards zero."""
    if value <= 0:
        return 0
    return 255 if value >= 255 else int(value)


@numba.njit(**JIT)
def tone(code, value, table):  # type: ignore[no-untyped-def]
    """Compose the table with a tone that does not read the image, (channels, 256)."""
    for c in range(len(table)):
        for i in range(256):
            v = int(table[c, i])
            if code == _BRIGHTNESS:
                v = cut(np.float32(value[0]) * np.float32(v))
            elif code == _INVERT:
                v = 255 - v
            elif code == _POSTERIZE:
                v &= 256 - (1 << (8 - int(value[0])))
            elif code == _SOLARIZE:
                v = v if v < value[0] else 255 - v
            elif code == _SOLARIZE_ADD:
                v = cut(v + value[0]) if v < value[1] else v
            elif code == _GAMMA:
                v = cut(255 * (v / 255) ** value[0] + 0.5)
            elif code == _SCALE_AND_SHIFT:
                v = cut(v * value[0] + value[min(1 + c, len(value) - 1)] + 0.5)
            table[c, i] = v


@numba.njit(**JIT)
def tone_of_image(code, value, pixels, count, table):  # type: ignore[no-untyped-def]
    """Compose the table with a tone that reads the image.

    Args:
        code: Which.
        value: Its magnitudes.
        pixels: Flat pixel values before the table, count x channels.
        count: Pixels.
        table: (channels, 256), changed in place.
    """
    channels = len(table)
    if code == _CONTRAST:
        grey = np.float32(_mean_grey(pixels, count, table))
        factor = np.float32(value[0])
        for c in range(channels):
            for i in range(256):
                level = np.float32(table[c, i])
                table[c, i] = cut(grey + factor * (level - grey))
        return
    histogram = _histogram(pixels, count, table)
    after = np.empty(256, np.uint8)
    for c in range(channels):
        if code == _AUTOCONTRAST:
            stretched = _stretch(histogram[c], after)
        else:
            stretched = _equalize(histogram[c], after)
        if stretched:
            for i in range(256):
                table[c, i] = after[table[c, i]]


@numba.njit(**JIT)
def _histogram(pixels, count, table):  # type: ignore[no-untyped-def]
    """Count the pixel values after the table, per channel: (channels, 256).

    Neighbours are often alike; two sets of counters in turn keep one addition from
    waiting for the one before.
    """
    channels = len(table)
    counts = np.zeros((2, channels, 256), np.int32)
    paired = count - count % 2
    if channels == 3:
        r, g, b = counts[0]
        s, h, c = counts[1]
        for i in range(paired // 2):
            p = _U(i) * _U(6)
            r[pixels[p]] += 1
            g[pixels[p + _U(1)]] += 1
            b[pixels[p + _U(2)]] += 1
            s[pixels[p + _U(3)]] += 1
            h[pixels[p + _U(4)]] += 1
            c[pixels[p + _U(5)]] += 1
    else:
        paired = 0
    for i in range(paired * channels, count * channels):
        counts[i // channels % 2, i % channels, pixels[i]] += 1
    histogram = np.zeros((channels, 256), np.int64)
    for k in range(channels):
        for level in range(256):
            found = counts[0, k, level] + counts[1, k, level]
            histogram[k, table[k, level]] += found
    return histogram


@numba.njit(**JIT)
def grey_level(r, g, b):  # type: ignore[no-untyped-def]
    """Return the luma of ITU-R 601-2 as Pillow's convert("L") rounds it."""
    r, g, b = np.int32(r), np.int32(g), np.int32(b)
    return (r * 19595 + g * 38470 + b * 7471 + 32768) >> 16


@numba.njit(**JIT)
def _same(table):  # type: ignore[no-untyped-def]
    """Tell whether the table leaves every pixel value as it is."""
    for c in range(len(table)):
        for level in range(256):
            if table[c, level] != level:
                return False
    return True


@numba.njit(**JIT)
def _mean_grey(pixels, count, table):  # type: ignore[no-untyped-def]
    """Return the mean luma, rounded; the mean of all values unless 3 channels."""
    total = 0
    channels = len(table)
    if channels == 3 and _same(table):
        for i in range(count):  # the compiler makes vectors of this
            p = _U(i) * _U(3)
            total += grey_level(pixels[p], pixels[p + _U(1)], pixels[p + _U(2)])
        return int(total / count + 0.5)
    if channels == 3:
        red, green, blue = table[0], table[1], table[2]
        for i in range(count):
            p = _U(i) * _U(3)
            r, g = red[pixels[p]], green[pixels[p + _U(1)]]
            total += grey_level(r, g, blue[pixels[p + _U(2)]])
        return int(total / count + 0.5)
    for c in range(channels):
        for i in range(count):
            total += table[c, pixels[_U(i * channels + c)]]
    return int(total / (count * channels) + 0.5)


@numba.njit(**JIT)
def _stretch(histogram, look_up):  # type: ignore[no-untyped-def]
    low, high = 0, 255
    while low < 255 and histogram[low] == 0:
        low += 1
    while high > 0 and histogram[high] == 0:
        high -= 1
    if high <= low:
        return False
    scale = 255.0 / (high - low)
    offset = -low * scale
    for i in range(256):
        look_up[i] = cut(i * scale + offset)
    return True


@numba.njit(**JIT)
def _equalize(histogram, look_up):  # type: ignore[no-untyped-def]
    last, total, used = 0, 0, 0
    for i in range(256):
        if histogram[i]:
            last, used = i, used + 1
            total += histogram[i]
    step = (total - histogram[last]) // 255
    if used <= 1 or step == 0:
        return False
    below = step // 2
    for i in range(256):
        look_up[i] = min(255, below // step)
        below += histogram[i]
    return True
