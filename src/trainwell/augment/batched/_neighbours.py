"""Kernels: what reads the neighbours of a pixel."""

import torch
from torch import Tensor


def sharpness(images: Tensor, factors: Tensor) -> Tensor:
    """Blend the image smoothed by 3x3 with the image; its outermost pixels stay.

    The kernel is 1 1 1, 1 5 1, 1 1 1 over 13, as in Pillow's ImageEnhance.Sharpness.

    Args:
        images: Levels, (n, rows, columns, channels).
        factors: Factor of each sample, (n,), float32.
    """
    if min(images.shape[1:3]) < 3:
        return images
    inner, smooth = images[:, 1:-1, 1:-1].float(), _smoothed(images)
    sharpened = images.clone()
    sharpened[:, 1:-1, 1:-1] = _blended(smooth, inner, factors)
    return sharpened


def smooth(images: Tensor, amounts: Tensor) -> Tensor:
    """Blend the image with the image smoothed by 3x3; see `sharpness`."""
    if min(images.shape[1:3]) < 3:
        return images
    inner, smoothed = images[:, 1:-1, 1:-1].float(), images.clone()
    smoothed[:, 1:-1, 1:-1] = _blended(inner, _smoothed(images), amounts)
    return smoothed


def rim_blur(images: Tensor, amounts: Tensor) -> Tensor:
    """Blend with the mean of the 16 pixels on the rim of 5x5, away from the border.

    Args:
        images: Levels, (n, rows, columns, channels).
        amounts: 0 to 1 of each sample, (n,), float32.
    """
    rows, columns = images.shape[1:3]
    if min(rows, columns) < 5:
        return images
    x = images.int()
    total = torch.full_like(x[:, 4:, 4:], 8)
    for i in range(5):
        for j in range(5):
            if {i, j} & {0, 4}:
                total = total + x[:, i : rows - 4 + i, j : columns - 4 + j]
    inner, blurred = images[:, 2:-2, 2:-2].float(), images.clone()
    blurred[:, 2:-2, 2:-2] = _blended(inner, (total // 16).float(), amounts)
    return blurred


def _blended(start: Tensor, end: Tensor, amounts: Tensor) -> Tensor:
    """Return start + amounts (end - start), cut to 8 bits, both float32."""
    blended = start + amounts[:, None, None, None] * (end - start)
    return blended.clamp(0, 255).to(torch.uint8)


def _smoothed(images: Tensor) -> Tensor:
    """Return the inner pixels convolved with 1 1 1, 1 5 1, 1 1 1 over 13, rounded."""
    x = images.int()
    column = x[:, :-2] + x[:, 1:-1] + x[:, 2:]
    inner = x[:, 1:-1, 1:-1]
    total = column[:, :, :-2] + column[:, :, 1:-1] + column[:, :, 2:] + 4 * inner
    return ((2 * total + 13) // 26).float()


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
