"""A decoded image, described; and one of bands, as the channels that are asked for.

Source: none; types.
"""

from dataclasses import dataclass

import numpy as np

from trainwell.core.errors import DataError
from trainwell.data._channels import with_channels
from trainwell.data._white_level import Levels, Pixels, level_of


@dataclass(frozen=True)
class Decoded:
    """Pixels, upright and perhaps reduced, with the stored mode and the full size.

    `peak` is the largest value of 16-bit images, 0 of others.
    """

    image: Pixels
    mode: str
    height: int
    width: int
    peak: int = 0


def decoded_bands(
    bands: Pixels, channels: int | None, levels: Levels | None
) -> Decoded:
    """Return bands as so many channels; None takes all.

    Raises:
        DataError: There are others.
    """
    height, width, count = bands.shape
    peak = int(bands.max()) if bands.dtype == np.uint16 else 0
    pixels = (levels or Levels(level_of(peak))).of(bands)
    if channels is not None:
        pixels = as_channels(pixels, channels)
    return Decoded(pixels, f"{count} channels", height, width, peak)


def as_channels(pixels: Pixels, channels: int) -> Pixels:
    """Return bands as so many channels: of four, three are colour.

    Raises:
        DataError: There are others.
    """
    count = pixels.shape[2]
    if not can_be_read(count, channels):
        raise wrong_channels(count, channels)
    if (count, channels) == (4, 3):
        pixels = pixels[..., :3]
    return np.ascontiguousarray(with_channels(pixels, channels, "the image"))


def can_be_read(count: int, channels: int) -> bool:
    """Tell whether an image of `count` channels can be read as so many."""
    return count == channels or (count, channels) in {(1, 3), (3, 1), (4, 3)}


def wrong_channels(count: int, channels: int) -> DataError:
    """Return the error for an image of other channels than are read."""
    return DataError(
        f"it has {count} channels and {channels} are read; data.channels={count} reads "
        "all, if every image has as many"
    )
