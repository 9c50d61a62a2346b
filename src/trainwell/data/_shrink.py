"""Reduce an image whose short side is longer than needed.

    scale = min(1, short_side / min(height, width))
    size' = max(1, round(size * scale))

Both sides shrink by the same factor, so nothing is cut off or distorted; an image
that is small enough is returned as it is, never enlarged. The same reduction runs
when a store is filled and when a single file is predicted.

Source: bicubic filter stretched by the scale (antialiased), as Pillow documents it.
"""

import numpy as np
from PIL import Image as PillowImage

from trainwell.core import checks
from trainwell.data._types import Image


def shrunk_size(height: int, width: int, short_side: int | None) -> tuple[int, int]:
    """Return the height and width that `shrink` gives; None leaves them."""
    shorter = min(height, width)
    if short_side is None or shorter <= short_side:
        return height, width
    checks.positive("short_side", short_side)
    scale = short_side / shorter
    return max(1, round(height * scale)), max(1, round(width * scale))


def shrink(image: Image, short_side: int | None) -> Image:
    """Reduce `image` so that its short side is at most `short_side`, antialiased."""
    height, width = shrunk_size(image.shape[0], image.shape[1], short_side)
    return resized(image, height, width)


def resized(image: Image, height: int, width: int) -> Image:
    """Resample to exactly height x width, every channel alike, antialiased."""
    if image.shape[:2] == (height, width):
        return image
    if image.shape[2] in (1, 3):
        return _resample(image, height, width)
    planes = [
        _resample(image[:, :, c : c + 1], height, width) for c in range(image.shape[2])
    ]
    return np.concatenate(planes, axis=2)


def _resample(image: Image, height: int, width: int) -> Image:
    source = PillowImage.fromarray(image[:, :, 0] if image.shape[2] == 1 else image)
    small = source.resize(
        (width, height), PillowImage.Resampling.BICUBIC, reducing_gap=3.0
    )
    return np.asarray(small).reshape(height, width, image.shape[2])
