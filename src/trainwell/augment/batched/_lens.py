"""Lens: radial distortion, which no matrix can express.

    p - m  ->  (p - m) (1 + k1 r^2 + k2 r^4),    r = |p - m| / half the canvas' side

from places of the output to places of the input, about the point m.

Source: Brown, "Decentering Distortion of Lenses", 1966; the radial terms.
"""

import torch
from torch import Tensor


def lens(images: Tensor, values: Tensor, fill: Tensor, *, nearest: bool) -> Tensor:
    """Return (n, size, size, channels) pixel values, seen through each sample's lens.

    Args:
        images: as above.
        values: k1, k2 and the axis' place in fractions of the canvas, (n, 4), float64.
        fill: Level per channel of what lies outside.
        nearest: Take one pixel; else interpolate linearly between four.
    """
    count, size = images.shape[:2]
    k1, k2 = (values[:, i, None, None] for i in (0, 1))
    mx, my = (values[:, i, None, None] * size for i in (2, 3))
    centres = torch.arange(size, device=images.device, dtype=torch.float64) + 0.5
    u, v = centres - mx, centres[:, None] - my
    r = 4.0 * (u * u + v * v) / (size * size)
    grown = 1.0 + k1 * r + k2 * r * r
    u, v = mx + u * grown, my + v * grown
    inside = (u >= 0) & (u < size) & (v >= 0) & (v < size)
    u, v = u.where(inside, 0.5), v.where(inside, 0.5)
    sample = torch.arange(count, device=images.device)[:, None, None]
    if nearest:
        seen = images[sample, v.long(), u.long()]
    else:
        seen = _linear(images, sample, u - 0.5, v - 0.5)
    return torch.where(inside[..., None], seen, fill)


def _linear(images: Tensor, sample: Tensor, u: Tensor, v: Tensor) -> Tensor:
    last = images.shape[1] - 1
    left, top = u.floor(), v.floor()
    wx, wy = (u - left)[..., None], (v - top)[..., None]
    columns = [(left + i).long().clamp(0, last) for i in (0, 1)]
    rows = [(top + i).long().clamp(0, last) for i in (0, 1)]
    above, under = (
        (1 - wx) * images[sample, row, columns[0]]
        + wx * images[sample, row, columns[1]]
        for row in rows
    )
    return ((1 - wy) * above + wy * under + 0.5).to(torch.uint8)
