"""Histograms, and the tables of 256 pixel values that follow from them."""

import numpy as np

from trainwell.augment.engine._jit import kernel

_U = np.uint64


@kernel
def cut(value):  # type: ignore[no-untyped-def]
    """Cut to 8 bits towards zero."""
    if value <= 0:
        return 0
    return 255 if value >= 255 else int(value)


@kernel
def blended(before, after, amount):  # type: ignore[no-untyped-def]
    """Blend two pixel values in single precision, as Pillow's Image.blend does."""
    low, high = np.float32(before), np.float32(after)
    return cut(low + np.float32(amount) * (high - low))


@kernel
def histogram_of(pixels, count, table):  # type: ignore[no-untyped-def]
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


@kernel
def stretch(histogram, look_up):  # type: ignore[no-untyped-def]
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


@kernel
def equalize(histogram, look_up):  # type: ignore[no-untyped-def]
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
