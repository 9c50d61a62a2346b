"""Kernels: what reads the neighbours of a pixel."""

import torch
from torch import Tensor


def sharpness(images: Tensor, factors: Tensor) -> Tensor:
    """Blend with the image smoothed by 3x3; its outermost pixels stay.

    The kernel is 1 1 1, 1 5 1, 1 1 1 over 13, as in Pillow's ImageEnhance.Sharpness.

    Args:
        images: Levels, (n, rows, columns, channels).
        factors: Factor of each sample, (n,), float32.
    """
    if min(images.shape[1:3]) < 3:
        return images
    x = images.int()
    column = x[:, :-2] + x[:, 1:-1] + x[:, 2:]
    inner = x[:, 1:-1, 1:-1]
    total = column[:, :, :-2] + column[:, :, 1:-1] + column[:, :, 2:] + 4 * inner
    smooth = ((2 * total + 13) // 26).float()
    blended = smooth + factors[:, None, None, None] * (inner.float() - smooth)
    sharpened = images.clone()
    sharpened[:, 1:-1, 1:-1] = blended.clamp(0, 255).to(torch.uint8)
    return sharpened


def blur(images: Tensor, weights: Tensor) -> Tensor:
    """Convolve with each sample's taps per axis, mirrored at the border.

    Args:
        images: Levels, (n, rows, columns, channels).
        weights: Shape (n, taps), float32; an odd number of taps.
    """
    (rows, columns), num_taps = images.shape[1:3], weights.shape[1]
    reach = torch.arange(num_taps - 1 + max(rows, columns), device=images.device)
    reach = reach - num_taps // 2
    place_x, place_y = _mirrored(reach, columns), _mirrored(reach, rows)
    across = torch.zeros(images.shape, dtype=torch.float32, device=images.device)
    down = torch.full_like(across, 0.5)
    for k in range(num_taps):
        weight = weights[:, k, None, None, None]
        across = across + weight * images[:, :, place_x[k : k + columns]].float()
    for k in range(num_taps):
        weight = weights[:, k, None, None, None]
        down = down + weight * across[:, place_y[k : k + rows]]
    return down.to(torch.uint8)


def _mirrored(place: Tensor, length: int) -> Tensor:
    """Return the places inside [0, length) that mirrors at both ends show."""
    last = length - 1
    return ((place + last) % max(2 * last, 1) - last).abs() if last else 0 * place
