"""Lookup tables per sample and channel: applied, composed, computed from images.

Levels are cut to 8 bits towards zero, as in Pillow's ImageEnhance and ImageOps.
"""

import torch
from torch import Tensor


def look_up(images: Tensor, tables: Tensor) -> Tensor:
    """Return tables[i, c, pixel value]; one table may serve all samples.

    Args:
        images: Levels, (n, rows, columns, channels).
        tables: Shape (n or 1, channels, 256), of any type.
    """
    count, channels = tables.shape[:2]
    row = torch.arange(count * channels, dtype=torch.int32, device=images.device)
    place = row.view(count, 1, 1, channels) * 256 + images
    return tables.reshape(-1).index_select(0, place.flatten()).view(place.shape)


def tone(_: Tensor, tables: Tensor, after: Tensor) -> Tensor:
    """Compose the tables of the samples with later tables, (n, channels, 256)."""
    return after.gather(2, tables.long())


def contrast(images: Tensor, tables: Tensor, factors: Tensor) -> Tensor:
    """Compose the tables with a blend with the mean luma, factors (n,)."""
    pixel_values = look_up(images, tables).long()
    if pixel_values.shape[3] == 3:
        pixel_values = luma(pixel_values)
    total = pixel_values.flatten(1).sum(1)
    grey = (
        (total.double() / pixel_values[0].numel() + 0.5).long().float()[:, None, None]
    )
    blended = grey + factors[:, None, None] * (tables.float() - grey)
    return blended.clamp(0, 255).to(torch.uint8)


def autocontrast(images: Tensor, tables: Tensor, amounts: Tensor) -> Tensor:
    """Compose the tables with a stretch from the darkest to the lightest value."""
    used = (_histograms(images, tables) > 0).int()
    low, high = used.argmax(2, keepdim=True), 255 - used.flip(2).argmax(2, keepdim=True)
    level = torch.arange(256, device=images.device)
    scale = torch.full((), 255.0, dtype=torch.float64, device=images.device)
    scale = scale / (high - low).clamp_min(1)
    stretched = level * scale + -low * scale
    after = torch.where(high > low, stretched.clamp(0, 255), level.double())
    return _towards(after, amounts).gather(2, tables.long())


def equalize(images: Tensor, tables: Tensor, amounts: Tensor) -> Tensor:
    """Compose the tables with equalisation, in whole numbers."""
    counts = _histograms(images, tables)
    used = counts > 0
    last = 255 - used.int().flip(2).argmax(2, keepdim=True)
    step = (counts.sum(2, keepdim=True) - counts.gather(2, last)) // 255
    below = step // 2 + counts.cumsum(2) - counts
    even = (below // step.clamp_min(1)).clamp_max(255)
    level = torch.arange(256, device=images.device)
    after = torch.where((used.sum(2, keepdim=True) > 1) & (step > 0), even, level)
    return _towards(after, amounts).gather(2, tables.long())


def _towards(after: Tensor, amounts: Tensor) -> Tensor:
    """Return tables of what each pixel value becomes by amounts (n,) of a change."""
    level = torch.arange(256.0, device=after.device)
    change = after.to(torch.uint8).float() - level
    return (level + amounts[:, None, None] * change).to(torch.uint8)


def luma(pixel_values: Tensor) -> Tensor:
    """Return the luma of ITU-R 601-2 as Pillow rounds it; channels are last."""
    r, g, b = pixel_values.unbind(-1)
    return (r * 19595 + g * 38470 + b * 7471 + 32768) >> 16


def _histograms(images: Tensor, tables: Tensor) -> Tensor:
    """Return the histograms of the images after the lookup in the tables."""
    pixel_values = images.flatten(1, 2).transpose(1, 2).long()
    counts = torch.zeros(tables.shape, dtype=torch.int64, device=images.device)
    counts = counts.scatter_add(2, pixel_values, torch.ones_like(pixel_values))
    return torch.zeros_like(counts).scatter_add(2, tables.long(), counts)
