"""Reduce an image whose short side is longer than needed.

    scale = min(1, short_side / min(height, width))
    size' = max(1, round(size * scale))

Both sides shrink by the same factor, so nothing is cut off or distorted; an image
that is small enough is returned as it is, never enlarged. The same reduction runs
when a store is filled and when a single file is predicted.

Source: Keys, "Cubic Convolution Interpolation for Digital Image Processing", 1981,
with a = -0.5, the filter stretched by the scale (antialiased), as in Pillow; computed
by PyTorch, whose 8-bit kernel is four times as fast and at most two pixel values apart.
"""

import numpy as np
import torch
from torch.nn import functional

from trainwell.core import checks
from trainwell.data._white_level import Pixels


def shrunk_size(height: int, width: int, short_side: int | None) -> tuple[int, int]:
    """Return the height and width that `shrink` gives; None leaves them."""
    shorter = min(height, width)
    if short_side is None or shorter <= short_side:
        return height, width
    checks.positive("short_side", short_side)
    scale = short_side / shorter
    return max(1, round(height * scale)), max(1, round(width * scale))


def shrink(image: Pixels, short_side: int | None) -> Pixels:
    """Reduce `image` so that its short side is at most `short_side`, antialiased.

    Example:
        >>> from trainwell.data import shrink
        >>> shrink(np.zeros((40, 60, 3), np.uint8), 20).shape
        (20, 30, 3)
    """
    height, width = shrunk_size(image.shape[0], image.shape[1], short_side)
    return resized(image, height, width)


def resized(image: Pixels, height: int, width: int) -> Pixels:
    """Resample to exactly height x width, every channel alike, antialiased."""
    if image.shape[:2] == (height, width):
        return image
    exact = image if image.dtype == np.uint8 else image.astype(np.float32)
    writable = np.require(exact, requirements=["C", "W"])  # PyTorch warns otherwise
    planes = torch.from_numpy(writable).permute(2, 0, 1)[None]
    small = functional.interpolate(
        planes, (height, width), mode="bicubic", antialias=True, align_corners=False
    )
    if image.dtype != np.uint8:
        small = small.round_().clamp_(0, np.iinfo(image.dtype).max)
    reduced = small[0].permute(1, 2, 0).numpy().astype(image.dtype, copy=False)
    return np.ascontiguousarray(reduced)
