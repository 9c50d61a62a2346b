"""Lookup tables per channel: made empty, applied, looked up last."""

import numpy as np

from trainwell.augment.engine._jit import kernel

_U = np.uint64


@kernel
def reset(table):  # type: ignore[no-untyped-def]
    for c in range(len(table)):
        for level in range(256):
            table[c, level] = level


@kernel
def apply(table, image):  # type: ignore[no-untyped-def]
    channels = len(table)
    if channels == 3:
        red, green, blue = table[0], table[1], table[2]
        for i in range(len(image) // 3):
            p = _U(i) * _U(3)
            image[p] = red[image[p]]
            image[p + _U(1)] = green[image[p + _U(1)]]
            image[p + _U(2)] = blue[image[p + _U(2)]]
        return
    for c in range(channels):
        for i in range(len(image) // channels):
            p = _U(i * channels + c)
            image[p] = table[c, image[p]]


@kernel
def look_up(image, table, first, out):  # type: ignore[no-untyped-def]
    """Write table[c, pixel value] for each pixel value; channels first or last."""
    channels = len(table)
    count = len(image) // channels
    if first or channels != 3:
        for c in range(channels):
            row, start = table[c], _U(c * count if first else c)
            step = _U(1 if first else channels)
            for i in range(count):
                level = image[_U(i) * _U(channels) + _U(c)]
                out[start + _U(i) * step] = row[level]
        return
    red, green, blue = table[0], table[1], table[2]
    for i in range(count):
        p = _U(i) * _U(3)
        out[p] = red[image[p]]
        out[p + _U(1)] = green[image[p + _U(1)]]
        out[p + _U(2)] = blue[image[p + _U(2)]]
