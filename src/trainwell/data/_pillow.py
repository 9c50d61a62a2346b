"""Decode every format that Pillow knows into 8-bit grey or colour.

    composite over white: out = 255 + alpha / 255 * (value - 255)
    16 bits to 8:         out = round(value / 257)

Only the first frame of an animation is read. Orientation tags are applied.

Source: Pillow's concepts, "Modes"; alpha compositing is Porter & Duff, 1984, "over".
"""

import functools
import io

import numpy as np
from PIL import Image as PillowImage

from trainwell.core.errors import DataError
from trainwell.data._orientation import orientation_of, upright
from trainwell.data._pillow_warnings import ignore_pillow_warnings
from trainwell.data._types import Image

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
)
"""What is decoded, where this Pillow can: no format that runs a program (EPS)."""


def open_image(data: bytes) -> PillowImage.Image:
    """Read the header alone; the pixels are decoded on access."""
    ignore_pillow_warnings()
    return PillowImage.open(io.BytesIO(data), formats=_formats())


@functools.lru_cache(maxsize=1)
def extensions() -> frozenset[str]:
    """Return the file name endings of `FORMATS`, with the dot, in lower case."""
    known = PillowImage.registered_extensions()
    return frozenset(suffix for suffix, kind in known.items() if kind in FORMATS)


@functools.lru_cache(maxsize=1)
def _formats() -> tuple[str, ...]:
    PillowImage.init()
    return tuple(name for name in FORMATS if name in PillowImage.OPEN)


def pillow_pixels(source: PillowImage.Image, channels: int) -> Image:
    """Decode an opened image to height x width x channels, upright."""
    mode = "L" if channels == 1 else "RGB"
    flat = _eight_bits(source)
    orientation = _orientation(source)  # after decoding: TIFFs turn themselves
    if _has_alpha(flat):
        flat = _over_white(flat)
    pixels = np.array(flat.convert(mode)).reshape(flat.height, flat.width, channels)
    return np.ascontiguousarray(upright(pixels, orientation))


def _has_alpha(source: PillowImage.Image) -> bool:
    return source.mode in ("LA", "La", "PA", "RGBA", "RGBa") or (
        "transparency" in source.info
    )


def _over_white(source: PillowImage.Image) -> PillowImage.Image:
    image = source.convert("RGBA")
    white = PillowImage.new("RGBA", image.size, "white")
    return PillowImage.alpha_composite(white, image)


def _eight_bits(source: PillowImage.Image) -> PillowImage.Image:
    """Scale 16-bit grey to 8 bits; modes without a stated range are refused."""
    if source.mode == "F":
        raise DataError("floating-point pixels have no stated range; save it as 8-bit")
    if not source.mode.startswith("I"):
        source.load()
        return source
    values = np.asarray(source).astype(np.int64)
    if values.min() < 0 or values.max() > 65535:
        raise DataError("32-bit pixels have no stated range; save it as 8-bit")
    return PillowImage.fromarray(((values + 128) // 257).astype(np.uint8))


def _orientation(source: PillowImage.Image) -> int:
    try:
        return orientation_of(source.getexif())
    except Exception:  # a broken tag leaves the picture as it is stored
        return 1
