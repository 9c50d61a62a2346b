"""Window: a rectangle of each image, resampled so that nothing aliases.

Per axis a triangle filter, bilinear when it enlarges and widened to the scale when it
reduces; summed in the order of `engine`, so that the pixel values are the same.
"""

import torch
from torch import Tensor

from trainwell.augment.batched._gather import take


def resample(  # noqa: PLR0913, PLR0917
    pixels: Tensor,
    crop_boxes: Tensor,
    base: Tensor,
    height: Tensor,
    width: Tensor,
    fill: Tensor,
    canvas: tuple[int, int],
    num_taps: int,
    widest: int,
    *,
    reflect: bool,
) -> Tensor:
    """Return (n, rows, columns, channels) pixel values.

    Args:
        pixels: Levels of all images, (pixels, channels).
        crop_boxes: x0, y0, x1, y1 in widths and heights of the images, (n, 4), float64.
        base: The first pixel of each image, (n,).
        height: Its rows, (n,).
        width: Its columns, (n,).
        fill: Level per channel of what lies outside.
        canvas: Rows and columns of the output.
        num_taps: At least as many as any output pixel has.
        widest: At least as many columns as any crop box reads.
        reflect: Mirror what lies outside; else it has the pixel value of `fill`.
    """
    x0, y0, x1, y1 = crop_boxes.unbind(1)
    rows, columns_out = canvas
    left, across, in_x = _taps(x0, x1, width, columns_out, num_taps, reflect=reflect)
    upper, down, in_y = _taps(y0, y1, height, rows, num_taps, reflect=reflect)
    leftmost = left.where(in_x, width[:, None]).amin(1, keepdim=True)
    columns = leftmost + torch.arange(widest, device=pixels.device)
    columns = columns.minimum(width[:, None] - 1)
    count, channels = len(crop_boxes), len(fill)
    shape = (count, rows, widest, channels)
    low = torch.zeros(shape, dtype=torch.float32, device=pixels.device)
    for k in range(num_taps):
        row = (upper + k).minimum(height[:, None] - 1)
        lines = base[:, None] + row * width[:, None]
        pixel_values = take(pixels, lines[:, :, None] + columns[:, None]).view(shape)
        low += down[:, :, k, None, None] * pixel_values.float()
    total = torch.full_like(low[:, :, :1], 0.5).repeat(1, 1, columns_out, 1)
    sample = torch.arange(count, device=pixels.device)[:, None]
    for k in range(num_taps):
        column = (left - leftmost + k).clamp(0, widest - 1)
        pixel_values = low.transpose(1, 2)[sample, column].transpose(1, 2)
        total += across[:, None, :, k, None] * pixel_values
    pixel_values = total.to(torch.uint8)
    inside = in_y[:, :, None] & in_x[:, None]
    return torch.where(inside[..., None], pixel_values, fill)


def _taps(  # noqa: PLR0913
    low: Tensor,
    high: Tensor,
    length: Tensor,
    size: int,
    num_taps: int,
    *,
    reflect: bool,
) -> tuple[Tensor, Tensor, Tensor]:
    """Return, per output pixel, the first source pixel, weights, and whether inside.

    Shapes (n, size), (n, size, num_taps) and (n, size).
    """
    place = torch.arange(size, device=low.device, dtype=torch.float64) + 0.5
    low, high, length = low[:, None], high[:, None], length[:, None]
    centre = (low + (high - low) * place / size) * length
    inside = (centre >= 0) & (centre <= length)
    if reflect:
        last = length - 1.0
        index = centre - 0.5
        mirrored = ((index + last) % (2 * last).clamp_min(1.0) - last).abs()
        index = index.where((index >= 0) & (index <= last), mirrored)
        centre = torch.where(last > 0, index + 0.5, 0.5)
        inside = torch.ones_like(inside)
    support = ((high - low).abs() * length / size).clamp_min(1.0)
    first = (centre - support + 0.5 + 1e-6).floor().long().clamp_min(0)
    end = (centre + support - 0.5 - 1e-6).ceil().long() + 1
    end = end.minimum(length)[..., None]
    tap = first[..., None] + torch.arange(num_taps, device=low.device)
    weight = 1.0 - (tap + 0.5 - centre[..., None]).abs() / support[..., None]
    weight = weight.where((weight > 1e-6) & (tap < end) & inside[..., None], 0.0)
    total = weight.sum(2, keepdim=True)
    weight = weight.float() / total.where(total > 0, 1.0)
    return first, weight.float(), inside
