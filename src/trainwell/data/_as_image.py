"""Turn what people have in hand into pixels: a file, bytes, Pillow, an array, a tensor.

Source: none; plumbing.
"""

import glob
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
from PIL import Image as PillowImage
from torch import Tensor

from trainwell.core.errors import DataError
from trainwell.core.home import expanded
from trainwell.data._bands import bands_of_mode
from trainwell.data._decode import decode
from trainwell.data._find import find_images
from trainwell.data._pillow import pillow_pixels
from trainwell.data._shrink import shrink
from trainwell.data._white_level import FULL_RANGE, Levels, Pixels

ImageLike = str | Path | bytes | PillowImage.Image | Pixels | Tensor
"""An image: a file, its bytes, a Pillow image, a uint8 or uint16 array or tensor."""


def is_one_image(value: object) -> bool:
    """Return whether a value is one image; a folder, a glob or four axes are several.

    Example:
        >>> is_one_image(np.zeros((8, 8, 3), np.uint8))
        True
        >>> is_one_image(np.zeros((5, 8, 8, 3), np.uint8))
        False
    """
    if isinstance(value, str | Path):
        path = expanded(value)
        return path.is_file() or not (path.is_dir() or glob.has_magic(str(value)))
    if isinstance(value, np.ndarray | Tensor):
        return value.ndim <= 3
    return isinstance(value, bytes | PillowImage.Image)


def image_list(images: object) -> list[ImageLike]:
    """Return several images one by one, those of folders and globs among them.

    Raises:
        DataError: If it is no image and holds none.

    Example:
        >>> len(image_list(np.zeros((5, 8, 8, 3), np.uint8)))
        5
    """
    several = [images] if isinstance(images, str | Path) else images
    if isinstance(several, Mapping) or not isinstance(several, Iterable):
        raise DataError(
            f"`images` must be an image, several, a folder or a glob, got {images!r}."
        )
    found: list[ImageLike] = []
    for image in several:
        below = isinstance(image, str | Path) and not is_one_image(image)
        found += find_images([image]) if below else [image]
    if not found:
        raise DataError("`images` is empty; give one image at least.")
    return found


def as_image(
    value: ImageLike,
    *,
    channels: int,
    short_side: int | None = None,
    white_level: int = FULL_RANGE,
    bits: int = 8,
) -> Pixels:
    """Return one image as uint8 or uint16, height x width x channels.

    Args:
        value: A path; the bytes of a file; a Pillow image; an array of height x width
            (grey) or height x width x channels; a tensor of channels x height x width.
        channels: Channels of the result; grey is repeated, arrays are not converted
            otherwise.
        short_side: Larger images are reduced as `shrink` does.
        white_level: The 16-bit value that becomes the highest.
        bits: 8 or 16 of every value of the result.

    Raises:
        DataError: If it cannot be read, has no 8 or 16 bits, or has other channels.

    Example:
        >>> as_image(np.zeros((4, 6), np.uint8), channels=3).shape
        (4, 6, 3)
    """
    if isinstance(value, str | Path | bytes):
        return decode(
            value if isinstance(value, bytes) else expanded(value),
            channels=channels,
            short_side=short_side,
            white_level=white_level,
            bits=bits,
        )
    levels = Levels(white_level, bits)
    if isinstance(value, PillowImage.Image):
        if channels not in (1, 3, bands_of_mode(value.mode)):
            raise DataError(
                f"the model reads {channels} channels, the image has "
                f"{bands_of_mode(value.mode)}."
            )
        return shrink(pillow_pixels(value, channels, levels), short_side)
    if isinstance(value, Tensor):
        array = value.detach().cpu().numpy()
        array = np.moveaxis(array, 0, -1) if array.ndim == 3 else array
    else:
        array = np.asarray(value)
    if array.dtype not in (np.uint8, np.uint16) or array.ndim not in (2, 3):
        raise DataError(
            "an image must be uint8 or uint16, height x width or height x width x "
            f"channels; got {array.dtype}, shape {array.shape}."
        )
    if not array.size:
        raise DataError(f"an image must have pixels, got the shape {array.shape}.")
    if array.ndim == 2:
        array = np.repeat(array[..., None], channels, axis=2)
    if array.shape[2] != channels:
        raise DataError(
            f"the model reads {channels} channels, the image has {array.shape[2]}."
        )
    return shrink(np.ascontiguousarray(levels.of(array)), short_side)
