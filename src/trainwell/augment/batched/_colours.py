"""Colour: what mixes the three channels of a pixel."""

import torch
from torch import Tensor

from trainwell.augment.batched._tables import luma


def saturation(images: Tensor, factors: Tensor) -> Tensor:
    """Blend each image with its grey version, by factors (n,) in float32."""
    grey = luma(images.int()).float()[..., None]
    blended = grey + factors[:, None, None, None] * (images.float() - grey)
    return blended.clamp(0, 255).to(torch.uint8)


def color_matrix(images: Tensor, values: Tensor) -> Tensor:
    """Multiply every pixel, (r g b 1), by a matrix of each sample, (n, 12)."""
    r, g, b = images.double().unbind(-1)
    m = values[:, :, None, None]
    mixed = [
        m[:, k] * r + m[:, k + 1] * g + m[:, k + 2] * b + 255 * m[:, k + 3] + 0.5
        for k in (0, 4, 8)
    ]
    return torch.stack(mixed, dim=-1).clamp(0, 255).to(torch.uint8)


def hue(images: Tensor, values: Tensor) -> Tensor:
    """Turn the hue of every pixel, in the cylinder of HSV, by values[:, 0] turns."""
    x = images.double()
    r, g, b = x.unbind(-1)
    high = x.amax(-1)
    chroma = high - x.amin(-1)
    safe = chroma.where(chroma > 0, 1.0)
    sixth = torch.where(high == g, 2.0 + (b - r) / safe, 4.0 + (r - g) / safe)
    sixth = torch.where(high == r, (g - b) / safe, sixth)
    sixth = (sixth + 6.0 * values[:, 0, None, None]) % 6.0
    parts = []
    for shift in (5.0, 3.0, 1.0):
        k = (shift + sixth) % 6.0
        part = k.minimum(4.0 - k).clamp(0.0, 1.0)
        parts.append(high - chroma * part + 0.5)
    return torch.stack(parts, dim=-1).clamp(0, 255).to(torch.uint8)
