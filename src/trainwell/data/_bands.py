"""Pictures of other bands than grey or colour: multispectral TIFFs, stacks of channels.

Whatever Pillow has no mode for is read by tifffile: any number of bands of 8 or 16
bits, interleaved, one after the other, or one per page (the axis C of ImageJ). Of
further axes, such as time or depth, the first picture is taken.

Source: TIFF 6.0, sections "SamplesPerPixel", "ExtraSamples" and "PlanarConfiguration".
"""

import io
import logging
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import tifffile

from trainwell.core.errors import DataError
from trainwell.data._limits import refuse_too_large
from trainwell.data._orientation import upright
from trainwell.data._white_level import Pixels

ADVICE = "pip install 'trainwell[tiff]' reads it, or save it without"
MAX_BANDS = 64
"""The most channels of an image."""

_MAGIC = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_BANDS = {"1": 1, "L": 1, "LA": 2, "La": 2, "RGBA": 4, "RGBa": 4, "CMYK": 4}
_BAND_AXES, _ROW, _COLUMN = "SC", "Y", "X"

logging.getLogger("tifffile").addHandler(logging.NullHandler())  # it says much


def is_tiff(data: bytes) -> bool:
    """Tell whether a file says that it is a TIFF."""
    return data.startswith(_MAGIC)


def tiff_bands(data: bytes) -> Pixels | None:
    """Return the bands of a TIFF, height x width x bands, as they are stored.

    Returns None for what Pillow reads as a picture: grey, palettes, colour, and colour
    with transparency.

    Raises:
        DataError: It declares too much, has another type than 8 or 16 bits without a
            sign, or is compressed in a way that needs imagecodecs.
    """
    if not is_tiff(data):
        return None
    with _opened(data) as (page, series, shape):
        bands = _num_bands(shape)
        if bands < 2 or _is_picture(page, bands):
            return None
        if bands > MAX_BANDS:
            raise DataError(f"it has {bands} bands, more than the limit of {MAX_BANDS}")
        if series.dtype not in (np.uint8, np.uint16):
            raise DataError(
                f"bands of {series.dtype} have no stated range; save them as 8-bit or "
                "16-bit without a sign"
            )
        turned = upright(_first(series, shape), _orientation(page))
        return np.ascontiguousarray(turned)


def tiff_pixels(data: bytes) -> Pixels | None:
    """Return all samples of a TIFF of 16 bits as they are stored; None for others."""
    if not is_tiff(data):
        return None
    with _opened(data) as (_, series, shape):
        return _first(series, shape) if series.dtype == np.uint16 else None


def bands_of_mode(mode: str) -> int:
    """Return the bands of a picture of one of Pillow's modes, read as they are."""
    return _BANDS.get(mode, 3)


@contextmanager
def _opened(data: bytes) -> Iterator[tuple[Any, Any, dict[str, int]]]:
    """Give the first page, the first series, and its shape by the names of its axes."""
    with tifffile.TiffFile(io.BytesIO(data)) as file:
        series = file.series[0]
        shape = dict(zip(series.axes, series.shape, strict=True))
        yield file.pages.first, series, shape


def _num_bands(shape: dict[str, int]) -> int:
    return math.prod(shape.get(axis, 1) for axis in _BAND_AXES)


def _is_picture(page: "object", bands: int) -> bool:
    """Tell whether the first page is grey or colour, with or without transparency."""
    samples = getattr(page, "samplesperpixel", 1)
    if bands != samples:
        return False  # some lie on other pages
    extra = tuple(int(kind) for kind in getattr(page, "extrasamples", ()))
    transparent = extra in ((1,), (2,))
    return samples - len(extra) in (1, 3, 4) and (not extra or transparent)


def _orientation(page: "object") -> int:
    tag = getattr(page, "tags", {}).get("Orientation")
    return int(tag.value) if tag is not None and 1 <= int(tag.value) <= 8 else 1


def _first(series: "object", shape: dict[str, int]) -> Pixels:
    """Return rows x columns x bands; of every other axis the first place is taken."""
    refuse_too_large(shape.get(_ROW, 0), shape.get(_COLUMN, 0), _num_bands(shape))
    try:
        values = np.asarray(series.asarray())  # type: ignore[attr-defined]
    except ValueError as error:
        if "imagecodecs" in str(error):
            raise DataError(f"its compression is not read here: {ADVICE}") from None
        raise
    axes = list(shape)
    for axis in [a for a in axes if a not in (_ROW, _COLUMN, *_BAND_AXES)]:
        values = values.take(0, axes.index(axis))
        axes.remove(axis)
    inner = [a for a in axes if a in _BAND_AXES]
    order = [axes.index(a) for a in (_ROW, _COLUMN, *inner)]
    values = values.transpose(order)
    result: Pixels = np.ascontiguousarray(values.reshape(*values.shape[:2], -1))
    return result
