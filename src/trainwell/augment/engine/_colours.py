"""Colour: what mixes the three channels of a pixel. Other images stay as they are."""

import numpy as np

from trainwell.augment.engine._histograms import cut
from trainwell.augment.engine._jit import kernel
from trainwell.augment.engine._tones import grey_level
from trainwell.augment.ops._color_matrix import COLOR_MATRIX
from trainwell.augment.ops._hue import HUE
from trainwell.augment.ops._saturation import SATURATION

_U = np.uint64
_COLOR_MATRIX = COLOR_MATRIX.code
_HUE = HUE.code
_SATURATION = SATURATION.code


@kernel
def recolour(code, value, image, count):  # type: ignore[no-untyped-def]
    """Change count x 3 flat pixel values in place."""
    if code == _SATURATION:
        factor = np.float32(value[0])
        low, high = np.float32(0), np.float32(255)
        for i in range(count):
            q = _U(i) * _U(3)
            r, g, b = image[q], image[q + _U(1)], image[q + _U(2)]
            grey = np.float32(grey_level(r, g, b))
            for c in range(3):
                level = grey + factor * (np.float32(image[q + _U(c)]) - grey)
                image[q + _U(c)] = np.uint8(min(max(level, low), high))
    elif code == _COLOR_MATRIX:
        for p in range(0, 3 * count, 3):
            r, g, b = float(image[p]), float(image[p + 1]), float(image[p + 2])
            for c in range(3):
                m = 4 * c
                mixed = value[m] * r + value[m + 1] * g + value[m + 2] * b
                image[p + c] = cut(mixed + 255 * value[m + 3] + 0.5)
    elif code == _HUE:
        for p in range(0, 3 * count, 3):
            _turn(image, p, value[0])


@kernel
def _turn(image, p, turns):  # type: ignore[no-untyped-def]
    """Turn the hue of a pixel, in the cylinder of HSV."""
    r, g, b = float(image[p]), float(image[p + 1]), float(image[p + 2])
    high, low = max(r, g, b), min(r, g, b)
    if high == low:
        return
    chroma = high - low
    if high == r:
        sixth = (g - b) / chroma
    elif high == g:
        sixth = 2.0 + (b - r) / chroma
    else:
        sixth = 4.0 + (r - g) / chroma
    sixth = (sixth + 6.0 * turns) % 6.0
    for c in range(3):
        k = (5.0 - 2.0 * c + sixth) % 6.0
        level = high - chroma * max(0.0, min(k, 4.0 - k, 1.0))
        image[p + c] = cut(level + 0.5)
