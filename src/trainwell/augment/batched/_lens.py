"""Lens: radial distortion, which no matrix can express.

    p - m  ->  (p - m) (1 + k1 r^2 + k2 r^4),    r = |p - m| / half the longer side

of the canvas, from places of the output to places of the input, about the point m.

Source: Brown, "Decentering Distortion of Lenses", 1966; the radial terms.
"""

import torch
from torch import Tensor


def lens(images: Tensor, values: Tensor, fill: Tensor, *, nearest: bool) -> Tensor:
    """Return pixel values, (n, rows, columns, channels), each seen through its lens.

    Args:
        images: as above.
        values: k1, k2 and the axis' place in fractions of the canvas, (n, 4), float64.
        fill: Level per channel of what lies outside.
        nearest: Take one pixel; else interpolate linearly between four.
    """
    count, rows, columns = images.shape[:3]
    k1, k2 = (values[:, i, None, None] for i in (0, 1))
    longer = max(rows, columns)
    mx, my = values[:, 2, None, None] * columns, values[:, 3, None, None] * rows
    centres = torch.arange(longer, device=images.device, dtype=torch.float64) + 0.5
    u, v = centres[:columns] - mx, centres[:rows, None] - my
    r = 4.0 * (u * u + v * v) / (longer * longer)
    grown = 1.0 + k1 * r + k2 * r * r
    u, v = mx + u * grown, my + v * grown
    inside = (u >= 0) & (u < columns) & (v >= 0) & (v < rows)
    u, v = u.where(inside, 0.5), v.where(inside, 0.5)
    sample = torch.arange(count, device=images.device)[:, None, None]
    if nearest:
        seen = images[sample, v.long(), u.long()]
    else:
        seen = _linear(images, sample, u - 0.5, v - 0.5)
    return torch.where(inside[..., None], seen, fill)


def _linear(images: Tensor, sample: Tensor, u: Tensor, v: Tensor) -> Tensor:
    below, right = images.shape[1] - 1, images.shape[2] - 1
    left, top = u.floor(), v.floor()
    wx, wy = (u - left)[..., None], (v - top)[..., None]
    columns = [(left + i).long().clamp(0, right) for i in (0, 1)]
    rows = [(top + i).long().clamp(0, below) for i in (0, 1)]
    above, under = (
        (1 - wx) * images[sample, row, columns[0]]
        + wx * images[sample, row, columns[1]]
        for row in rows
    )
    return ((1 - wy) * above + wy * under + 0.5).to(torch.uint8)
