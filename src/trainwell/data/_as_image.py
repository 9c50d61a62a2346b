"""Turn what people have in hand into pixels: a file, bytes, Pillow, an array, a tensor.

Source: none; plumbing.
"""

import glob
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image as PillowImage
from torch import Tensor

from trainwell.core.errors import DataError
from trainwell.core.home import expanded
from trainwell.core.plural import plural
from trainwell.data._bands import bands_of_mode
from trainwell.data._decode import decode
from trainwell.data._find import find_images
from trainwell.data._pillow import pillow_pixels
from trainwell.data._shrink import shrink
from trainwell.data._white_level import FULL_RANGE, Levels, Pixels

ImageLike = str | Path | bytes | PillowImage.Image | Pixels | Tensor
"""An image: a file, its bytes, a Pillow image, a uint8 or uint16 array or tensor."""

_CHANNELS = 4  # of an image whose axes are in doubt, at most


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
        value: A path; the bytes of a file; a Pillow image; an array of height x
            width (grey) or height x width x channels; a tensor of height x width
            or channels x height x width.
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
    array = _checked(array, tensor=isinstance(value, Tensor))
    if array.shape[2] == 1:
        array = np.repeat(array, channels, axis=2)
    if array.shape[2] != channels:
        raise DataError(
            f"the model reads {channels} {plural(channels, 'channel')}, the image has "
            f"{array.shape[2]}."
        )
    return shrink(np.ascontiguousarray(levels.of(array)), short_side)


def _checked(array: npt.NDArray[np.generic], *, tensor: bool) -> Pixels:
    """Return an array of three axes, the last of them the channels.

    Raises:
        DataError: It is of another type or shape; the message says how to convert it.
    """
    shape = tuple(array.shape) if not tensor else _channels_first(array)
    if array.ndim not in (2, 3) or array.dtype not in (np.uint8, np.uint16):
        order = "channels x height x width" if tensor else "height x width x channels"
        raise DataError(
            f"an image must be uint8 or uint16, height x width or {order}; got "
            f"{array.dtype}, shape {shape}{_conversion(array, tensor=tensor)}."
        )
    if not array.size:
        raise DataError(f"an image must have pixels, got the shape {shape}.")
    image: Pixels = array  # type: ignore[assignment]  # of the types above
    image = image[..., None] if image.ndim == 2 else image
    if image.shape[2] > _CHANNELS and image.shape[0 if not tensor else 1] <= _CHANNELS:
        first, last = "channels x height x width", "height x width x channels"
        wanted = first if tensor else last
        raise DataError(
            f"the shape {shape} looks like {last if tensor else first}; "
            f"{'a tensor' if tensor else 'an array'} of an image is {wanted}."
        )
    return image


def _channels_first(array: npt.NDArray[np.generic]) -> tuple[int, ...]:
    """Return the shape of the tensor that an array was made of."""
    return np.moveaxis(array, -1, 0).shape if array.ndim == 3 else array.shape


def _conversion(array: npt.NDArray[np.generic], *, tensor: bool) -> str:
    """Return how to make uint8 of real numbers."""
    if array.dtype.kind != "f" or not array.size:
        return ""
    of = "(image * 255)" if np.abs(array).max() <= 1 else "image"
    kind = "to(torch.uint8)" if tensor else "astype('uint8')"
    return f": give {of}.round().{kind}"
