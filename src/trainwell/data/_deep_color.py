"""Colour of 16 bits, of which Pillow reads the upper 8.

    out = round(255 * 257 * v / white), at most 255

Source: Pillow's concepts, "Raw modes".
"""

import numpy as np
from PIL import Image as PillowImage

from trainwell.data._white_level import FULL_RANGE

_DEEP = "trainwell_16_bits"


def peak_of(source: PillowImage.Image) -> int:
    """Return the largest value of an image of 16 bits; 0 of others.

    Pillow reads the upper 8 bits of colour: those below count as if they repeated them.
    """
    if source.mode.startswith("I"):
        return int(np.asarray(source).max())
    if not is_deep(source):
        return 0
    return 257 * max(int(np.asarray(band).max()) for band in _color_bands(source))


def is_deep(source: PillowImage.Image) -> bool:
    """Tell whether colour has 16 bits in the file; remembered, decoding forgets it."""
    if _DEEP not in source.info:
        raw = [str(tile.args) for tile in getattr(source, "tile", ())]
        source.info[_DEEP] = any(";16" in args for args in raw)
    return bool(source.info[_DEEP])


def _color_bands(source: PillowImage.Image) -> list[PillowImage.Image]:
    bands = source.split()
    return list(bands[:-1] if source.mode in ("LA", "RGBA") else bands)


def stretched(source: PillowImage.Image, white_level: int) -> PillowImage.Image:
    """Scale the upper 8 bits of colour; transparency stays."""
    if white_level == FULL_RANGE:
        return source
    table = [
        min((510 * 257 * v + white_level) // (2 * white_level), 255) for v in range(256)
    ]
    bands = [band.point(table) for band in _color_bands(source)]
    rest = source.split()[len(bands) :]
    return PillowImage.merge(source.mode, [*bands, *rest])
