"""Decode only what a crop box of an image shows.

A JPEG is decoded down to the crop box's lower edge, because its rows are stored in
order, and at 1/2, 1/4 or 1/8 of its sides where the crop box is large enough for that.
Other scales take longer than decoding in full.

Source: ITU-T T.81, B.2.2 (the frame header, whose height is lowered); scales as in
libjpeg-turbo, through simplejpeg.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import simplejpeg  # type: ignore[import-untyped]

from trainwell.core.image_size import ImageSize, height_and_width
from trainwell.data import _jpeg
from trainwell.data._concat import ConcatDataset
from trainwell.data._file_dataset import FileDataset
from trainwell.data._orientation import stored_orientation
from trainwell.data._subset import Subset
from trainwell.data._types import Dataset, Image

_END = b"\xff\xd9"
_FRAMES = (0xC0, 0xC1, 0xC2)  # baseline, extended, progressive
_MARGIN = 4  # rows below the edge, for its filter and for chroma at half the rows


@dataclass(frozen=True)
class PartialImage:
    """The upper rows of an image, perhaps reduced.

    Attributes:
        image: Pixels.
        height: Height of the whole image at this scale, in pixels; not always a whole
            number.
        width: Width of the whole image at this scale, in pixels.
    """

    image: Image
    height: float
    width: float


def decode_crop(
    dataset: Dataset, index: int, crop_box: Sequence[float], size: ImageSize
) -> PartialImage:
    """Return what showing a crop box of a sample at `size` pixels needs.

    Args:
        dataset: The dataset.
        index: Index of the sample.
        crop_box: x0, y0, x1, y1 in widths and heights of the image.
        size: Size of the output in pixels: a square's side, or (height, width).

    Raises:
        DataError: If its file cannot be read, or has changed.
    """
    if (file := _file(dataset, index)) is not None:
        data = file[0].read(file[1])
        if (part := _jpeg_crop(data, dataset.channels, crop_box, size)) is not None:
            return part
    image, _ = dataset.sample(index)
    return PartialImage(image, *image.shape[:2])


def _file(dataset: Dataset, index: int) -> tuple[FileDataset, int] | None:
    """Return the files that a sample is one of, and which; None if it is no file."""
    if isinstance(dataset, Subset):
        return _file(dataset.dataset, int(dataset.indices[index]))
    if isinstance(dataset, ConcatDataset):
        inner = dataset.first if index < len(dataset.first) else dataset.second
        return _file(
            inner, index - (0 if inner is dataset.first else len(dataset.first))
        )
    return (dataset, index) if isinstance(dataset, FileDataset) else None


def _jpeg_crop(
    data: bytes, channels: int, crop_box: Sequence[float], size: ImageSize
) -> PartialImage | None:
    """Return the part of a JPEG; None if it has to be decoded some other way."""
    known = _jpeg.header(data) if data.startswith(_jpeg.SIGNATURE) else None
    if known is None or channels not in (1, 3) or stored_orientation(data) != 1:
        return None
    height, width, _ = known
    x0, y0, x1, y1 = crop_box
    high, wide = height_and_width(size)
    across, down = abs(x1 - x0) * width, abs(y1 - y0) * height
    scales = (8, 4, 2)
    factor = next((k for k in scales if across >= k * wide and down >= k * high), 1)
    rows = height
    within = min(x0, x1, y0, y1) >= 0 and max(x0, x1, y0, y1) <= 1
    if within and data.endswith(_END):  # else it may have been cut short
        # a filter reaches at most as far as one pixel of the output
        reach = math.ceil(down / high) + _MARGIN * factor
        rows = min(height, math.ceil(max(y0, y1) * height) + reach)
    try:
        image = simplejpeg.decode_jpeg(
            _shortened(data, rows) if rows < height else data,
            colorspace="RGB" if channels == 3 else "GRAY",
            min_height=math.ceil(rows / factor),
            min_width=math.ceil(width / factor),
            min_factor=factor,
            strict=rows == height,  # what is left out counts as damage
        )
    except ValueError:
        return None
    return PartialImage(np.ascontiguousarray(image), height / factor, width / factor)


def _shortened(data: bytes, rows: int) -> bytes:
    """Return the file with `rows` as its height: the decoder stops there."""
    at = 2
    while at + 4 <= len(data):
        if data[at + 1] in _FRAMES:
            return data[: at + 5] + rows.to_bytes(2) + data[at + 7 :]
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    raise ValueError("no frame header")
