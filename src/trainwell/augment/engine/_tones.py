"""Tone: tables of 256 pixel values per channel, some of them read off the image.

Levels are cut to 8 bits towards zero, as in Pillow's ImageEnhance and ImageOps.
"""

import numpy as np

from trainwell.augment.engine._histograms import (
    blended,
    cut,
    equalize,
    histogram_of,
    stretch,
)
from trainwell.augment.engine._jit import kernel
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


@kernel
def tone(code, value, table):  # type: ignore[no-untyped-def]
    """Compose the table with a tone that does not read the image, (channels, 256)."""
    if code == _INVERT and value[0] != 1:
        for c in range(len(table)):
            for i in range(256):
                v = int(table[c, i])
                table[c, i] = blended(v, 255 - v, value[0])
        return
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


@kernel
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
    histogram = histogram_of(pixels, count, table)
    after = np.empty(256, np.uint8)
    for c in range(channels):
        if code == _AUTOCONTRAST:
            stretched = stretch(histogram[c], after)
        else:
            stretched = equalize(histogram[c], after)
        if stretched and value[0] == 1:
            for i in range(256):
                table[c, i] = after[table[c, i]]
        elif stretched:
            for i in range(256):
                level = table[c, i]
                table[c, i] = blended(level, after[level], value[0])


@kernel
def grey_level(r, g, b):  # type: ignore[no-untyped-def]
    """Return the luma of ITU-R 601-2 as Pillow's convert("L") rounds it."""
    r, g, b = np.int32(r), np.int32(g), np.int32(b)
    return (r * 19595 + g * 38470 + b * 7471 + 32768) >> 16


@kernel
def _same(table):  # type: ignore[no-untyped-def]
    """Tell whether the table leaves every pixel value as it is."""
    for c in range(len(table)):
        for level in range(256):
            if table[c, level] != level:
                return False
    return True


@kernel
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
