"""Colour of 16 bits, of which Pillow reads the upper 8.

    out = round(255 * 257 * v / white), at most 255

Source: Pillow's concepts, "Raw modes".
"""

import numpy as np
from PIL import Image as PillowImage

from trainwell.core.errors import DataError
from trainwell.data._bands import tiff_pixels
from trainwell.data._decoded import as_channels
from trainwell.data._orientation import orientation_of, upright
from trainwell.data._white_level import FULL_RANGE, Levels, Pixels

_PNG = b"\x89PNG"
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


def deep_color(
    data: bytes, source: PillowImage.Image, channels: int, levels: Levels
) -> Pixels:
    """Return colour with all its 16 bits, upright, height x width x channels.

    Transparency is laid over white where 1 or 3 channels are read.

    Raises:
        DataError: The extra that reads such files is not installed, or it has others.
    """
    stored = _png_pixels(data) if data.startswith(_PNG) else tiff_pixels(data)
    if stored is None:
        raise DataError("only TIFF and PNG keep 16 bits of colour; take data.bits=8")
    pixels = levels.of(stored)
    if pixels.shape[2] in (2, 4) and channels in (1, 3):
        alpha = stored[..., -1:] / FULL_RANGE
        white = levels.highest
        over = white + alpha * (pixels[..., :-1].astype(float) - white)
        pixels = np.rint(over).astype(np.uint16)
    turned = upright(as_channels(pixels, channels), orientation_of(source.getexif()))
    return np.ascontiguousarray(turned)


def _png_pixels(data: bytes) -> Pixels:
    try:
        from imagecodecs import png_decode
    except ImportError:
        raise DataError(
            "all 16 bits of a colour PNG are not read here: pip install "
            "'trainwell[tiff]', or take data.bits=8"
        ) from None
    pixels: Pixels = png_decode(data)
    return pixels.reshape(*pixels.shape[:2], -1)
