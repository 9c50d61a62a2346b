"""Erase: a rectangle of one colour."""

import torch
from torch import Tensor


def erase(images: Tensor, boxes: Tensor, pixel_values: Tensor) -> Tensor:
    """Fill x0 y0 x1 y1 in pixels, (n, 4), with pixel values, (n, channels)."""
    rows, columns = images.shape[1:3]
    place = torch.arange(max(rows, columns), device=images.device)
    x0, y0, x1, y1 = (boxes[:, i, None] for i in range(4))
    in_x = (place[:columns] >= x0) & (place[:columns] < x1)
    in_y = (place[:rows] >= y0) & (place[:rows] < y1)
    inside = in_y[:, :, None, None] & in_x[:, None, :, None]
    return torch.where(inside, pixel_values[:, None, None], images)
