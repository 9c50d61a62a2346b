"""Noise: normal numbers, some common to a pixel's channels, some of each its own.

    y_c = x_c + 255 (s n + t n_c),    n, n_c ~ N(0, 1), functions of key and place alone

Source: Box & Muller, "A Note on the Generation of Random Normal Deviates", 1958; words
as in `core.keyed`.
"""

import numpy as np
import numpy.typing as npt

from trainwell.augment.ops._op_sequence import Floats
from trainwell.augment.ops._op_spec import OpSpec
from trainwell.augment.ops._pixel_math import Pixels, to_uint8

Words = npt.NDArray[np.uint64]
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_M1, _M2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


def _describe(values: Floats) -> str:
    common, own = values[:2]
    return f"ISO noise {common:.2g}, {own:.2g}" if common else f"noise {own:.2g}"


def _reference(image: Pixels, value: Floats, fill: Pixels) -> Pixels:
    """Sample one number per pixel, and one per channel of each."""
    x, key = image.astype(float), value[2:3].astype(np.uint64)
    common = _normals(_mix(key), x[..., 0].size).reshape(*x.shape[:2], 1)
    own = _normals(key, x.size).reshape(x.shape)
    return to_uint8(x + 255 * (value[0] * common + value[1] * own) + 0.5)


def _normals(key: Words, count: int) -> Floats:
    """Return standard normal numbers, two from two, by Box and Muller's transform."""
    words = np.arange(count + count % 2, dtype=np.uint64)
    uniform = _unit(key ^ _mix(words)).reshape(-1, 2)
    radius = np.sqrt(-2 * np.log(1 - uniform[:, 0]))
    angle = 2 * np.pi * uniform[:, 1]
    pairs = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    return pairs.ravel()[:count]


def _unit(words: Words) -> Floats:
    return (_mix(words) >> np.uint64(11)).astype(np.float64) * 2.0**-53


def _mix(z: Words) -> Words:
    """SplitMix64's output function."""
    z = z + _GOLDEN
    z = (z ^ (z >> np.uint64(30))) * _M1
    z = (z ^ (z >> np.uint64(27))) * _M2
    return z ^ (z >> np.uint64(31))


NOISE = OpSpec("noise", 51, ("common_std", "own_std", "key"), _describe, _reference)
