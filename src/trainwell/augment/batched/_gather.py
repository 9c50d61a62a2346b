"""Warp: for each output pixel, the source pixels that an affine map points at.

Places have 16 fractional bits and weights 7 and 6, as in `engine`, so that the pixel
values are the same.
"""

import torch
from torch import Tensor

_ONE = 65536


def show(  # noqa: PLR0913, PLR0917
    pixels: Tensor,
    lines: Tensor,
    clips: Tensor,
    base: Tensor,
    height: Tensor,
    width: Tensor,
    fill: Tensor,
    canvas: tuple[int, int],
    *,
    nearest: bool,
) -> Tensor:
    """Return (n, rows, columns, channels) pixel values.

    Args:
        pixels: Levels of all images, (pixels, channels).
        lines: Start and slopes along x and y of either source axis, (n, 2, 3).
        clips: Start per output row, and slope, in the canvases on the way, (n, k, 2,
            rows + 1).
        base: The first pixel of each image, (n,).
        height: Its rows, (n,).
        width: Its columns, (n,).
        fill: Level per channel of what lies outside.
        canvas: Rows and columns of the output and of all canvases.
        nearest: Take one pixel; else interpolate linearly between four.
    """
    rows, columns = canvas
    x = torch.arange(columns, device=pixels.device)
    y = torch.arange(rows, device=pixels.device)[:, None]
    start, along_x, along_y = (lines[:, :, i, None, None] for i in range(3))
    place = start + x * along_x + y * along_y
    u, v = place[:, 0], place[:, 1]
    width, height, base = (a[:, None, None] for a in (width, height, base))
    inside = (u >= 0) & (u < width * _ONE) & (v >= 0) & (v < height * _ONE)
    for k in range(clips.shape[1]):
        place = clips[:, k, :, :-1, None] + x * clips[:, k, :, -1:, None]
        inside &= (place >= 0).all(1) & (place[:, 0] < columns * _ONE)
        inside &= place[:, 1] < rows * _ONE

    def at(row: Tensor, column: Tensor) -> Tensor:
        row = row.clamp_min(0).minimum(height - 1)
        column = column.clamp_min(0).minimum(width - 1)
        return take(pixels, base + row * width + column)

    if nearest:
        seen = at(v >> 16, u >> 16)
    else:
        u, v = u - _ONE // 2, v - _ONE // 2
        left, top = u >> 16, v >> 16
        wx = (((u & 65535) + 256) >> 9).int()[..., None]
        wy = (((v & 65535) + 512) >> 10).int()[..., None]
        both = wx * wy
        right, below = (wx << 6) - both, (wy << 7) - both
        total = at(top, left) * (8192 - right - below - both)
        total += at(top, left + 1) * right
        total += at(top + 1, left) * below
        total += at(top + 1, left + 1) * both
        seen = ((total + 4096) >> 13).to(torch.uint8)
    return torch.where(inside[..., None], seen, fill)


def warp(
    images: Tensor, lines: Tensor, clips: Tensor, fill: Tensor, *, nearest: bool
) -> Tensor:
    """Return what `show` does of images that have the output's size already."""
    count, rows, columns = images.shape[:3]
    sample = torch.arange(count, device=images.device)
    height, width = torch.full_like(sample, rows), torch.full_like(sample, columns)
    base, canvas = sample * (rows * columns), (rows, columns)
    pixels = images.reshape(-1, len(fill))
    return show(
        pixels, lines, clips, base, height, width, fill, canvas, nearest=nearest
    )


def take(pixels: Tensor, places: Tensor) -> Tensor:
    """Return pixels[places], which takes ten times as long on the CPU."""
    chosen = pixels.index_select(0, places.flatten())
    return chosen.view(*places.shape, pixels.shape[1])
