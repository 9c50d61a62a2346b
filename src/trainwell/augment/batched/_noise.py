"""Noise: normal numbers that are functions of the key and the place alone.

The words are those of `engine`, in signed integers, which wrap around alike; the
logarithm and the sines of another library may differ in the last bit.
"""

import math

import torch
from torch import Tensor

_GOLDEN = 0x9E3779B97F4A7C15 - 2**64
_M1, _M2 = 0xBF58476D1CE4E5B9 - 2**64, 0x94D049BB133111EB - 2**64


def noise(images: Tensor, stds: Tensor, keys: Tensor) -> Tensor:
    """Add normal noise, some common to a pixel's channels and some of each its own.

    Args:
        images: Levels, (n, rows, columns, channels).
        stds: Standard stds in pixel values, common and own, (n, 2), float64.
        keys: One word per sample, (n,).
    """
    common_std, own_std = (stds[:, i, None, None, None] for i in (0, 1))
    own = _normals(keys, images[0].numel()).view(images.shape)
    common = _normals(_mix(keys), images[0, :, :, 0].numel())
    common = common.view(*images.shape[:3], 1)
    noisy = images + (own_std * own + common_std * common) + 0.5
    return noisy.clamp(0, 255).to(torch.uint8)


def _normals(keys: Tensor, count: int) -> Tensor:
    """Return (n, count) normal numbers, two from two, by Box and Muller's transform."""
    words = torch.arange(count + count % 2, device=keys.device)
    uniform = _unit(_mix(keys[:, None] ^ _mix(words)))
    radius = (-2.0 * (1.0 - uniform[:, ::2]).log()).sqrt()
    angle = 2.0 * math.pi * uniform[:, 1::2]
    pairs = torch.stack([radius * angle.cos(), radius * angle.sin()], dim=2)
    return pairs.flatten(1)[:, :count]


def _unit(words: Tensor) -> Tensor:
    return _shifted(words, 11).double() * 2.0**-53


def _mix(z: Tensor) -> Tensor:
    """SplitMix64's output function, as in `core.keyed`."""
    z = z + _GOLDEN
    z = (z ^ _shifted(z, 30)) * _M1
    z = (z ^ _shifted(z, 27)) * _M2
    return z ^ _shifted(z, 31)


def _shifted(z: Tensor, by: int) -> Tensor:
    """Shift right, as if the words had no sign."""
    return (z >> by) & ((1 << (64 - by)) - 1)
