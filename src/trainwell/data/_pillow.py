"""Decode every format that Pillow knows into 8-bit grey or colour.

    composite over white: out = 255 + alpha / 255 * (value - 255)
    16 bits to 8:         out = round(255 * value / white), at most 255

Only the first frame of an animation is read. Orientation tags are applied.

Source: Pillow's concepts, "Modes"; alpha compositing is Porter & Duff, 1984, "over".
"""

import contextlib
import functools
import io
import re

import numpy as np
from PIL import Image as PillowImage

from trainwell.core.errors import DataError
from trainwell.data._channels import with_channels
from trainwell.data._deep_color import is_deep, stretched
from trainwell.data._limits import MAX_PIXELS, refuse_too_large, too_large
from trainwell.data._orientation import orientation_of, upright
from trainwell.data._pillow_warnings import ignore_pillow_warnings
from trainwell.data._white_level import AS_STORED, FULL_RANGE, Levels, Pixels

FORMATS = (
    "JPEG",
    "PNG",
    "AVIF",
    "BMP",
    "DIB",
    "GIF",
    "ICO",
    "JPEG2000",
    "PCX",
    "PPM",
    "QOI",
    "SGI",
    "TIFF",
    "WEBP",
    "TGA",
    "HEIF",
)
"""What is decoded, where this Pillow can: no format that runs a program (EPS)."""


def open_image(data: bytes) -> PillowImage.Image:
    """Read the header alone; the pixels are decoded on access.

    Raises:
        DataError: The header declares too many pixels, or none.
    """
    ignore_pillow_warnings()
    try:
        opened = PillowImage.open(io.BytesIO(data), formats=_formats())
    except PillowImage.DecompressionBombError as error:
        count = re.search(r"\d+", str(error))
        raise too_large(f"{count[0] if count else 'too many'} pixels") from None
    refuse_too_large(opened.height, opened.width)
    return opened


@functools.lru_cache(maxsize=1)
def extensions() -> frozenset[str]:
    """Return the file name endings of `FORMATS`, with the dot, in lower case."""
    _add_heif()
    known = PillowImage.registered_extensions()
    return frozenset(suffix for suffix, kind in known.items() if kind in FORMATS)


@functools.lru_cache(maxsize=1)
def _formats() -> tuple[str, ...]:
    """Return what can be decoded here; from now on Pillow's limit is `MAX_PIXELS`.

    Pillow refuses twice the number that it is given, and the same limit holds for
    every format. A program that sets a higher limit, or none, keeps it.
    """
    PillowImage.init()
    _add_heif()
    limit = PillowImage.MAX_IMAGE_PIXELS
    if limit is not None and limit < MAX_PIXELS // 2:
        PillowImage.MAX_IMAGE_PIXELS = MAX_PIXELS // 2
    return tuple(name for name in FORMATS if name in PillowImage.OPEN)


def _add_heif() -> None:
    with contextlib.suppress(ImportError):
        from pillow_heif import register_heif_opener

        register_heif_opener(thumbnails=False)


def pillow_pixels(
    source: PillowImage.Image, channels: int, levels: Levels = AS_STORED
) -> Pixels:
    """Decode an opened image to height x width x channels, upright.

    Args:
        source: The image.
        channels: 1 or 3; others take the bands as they are, if there are as many.
        levels: What 16-bit values become.
    """
    deep = source.mode.startswith("I")
    flat: Pixels | PillowImage.Image
    flat = _deep_grey(source) if deep else _eight_bits(source, levels)
    orientation = _orientation(source)  # after decoding: TIFFs turn themselves
    if isinstance(flat, PillowImage.Image):
        flat = _bands(flat, channels)
    pixels = with_channels(levels.of(flat), channels, "the image")
    return np.ascontiguousarray(upright(pixels, orientation))


def _bands(flat: PillowImage.Image, channels: int) -> Pixels:
    """Return 8-bit grey or colour over white, or the bands that the image has."""
    if channels in (1, 3):
        if _has_alpha(flat):
            flat = _over_white(flat)
        flat = flat.convert("L" if channels == 1 else "RGB")
    return np.array(flat).reshape(flat.height, flat.width, -1)


def _deep_grey(source: PillowImage.Image) -> Pixels:
    """Return 16-bit grey; modes without a stated range are refused."""
    values = np.asarray(source)
    if values.min() < 0 or values.max() > FULL_RANGE:
        raise DataError("32-bit pixels have no stated range; save it as 8-bit")
    return values.astype(np.uint16)[..., None]


def _has_alpha(source: PillowImage.Image) -> bool:
    return source.mode in ("LA", "La", "PA", "RGBA", "RGBa") or (
        "transparency" in source.info
    )


def _over_white(source: PillowImage.Image) -> PillowImage.Image:
    image = source.convert("RGBA")
    white = PillowImage.new("RGBA", image.size, "white")
    return PillowImage.alpha_composite(white, image)


def _eight_bits(source: PillowImage.Image, levels: Levels) -> PillowImage.Image:
    """Return 8 bits of colour; those below of 16-bit colour are not read."""
    if source.mode == "F":
        raise DataError("floating-point pixels have no stated range; save it as 8-bit")
    deep = is_deep(source)
    source.load()
    return source if not deep else stretched(source, levels.white)


def _orientation(source: PillowImage.Image) -> int:
    try:
        return orientation_of(source.getexif())
    except Exception:  # a broken tag leaves the picture as it is stored
        return 1
