"""The white level of 16-bit grey: cameras and scanners often use 10 to 14 of the bits.

    white = 2^n - 1, the smallest that holds the largest value of the training images

One level holds for a whole data set and is kept with the model: a level of each image
would make dark and bright ones look the same.

Source: the tag WhiteLevel of Adobe, "Digital Negative (DNG) Specification".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

FULL_RANGE = 65535
"""The white level of 16 bits that are all in use."""

Pixels = npt.NDArray[np.unsignedinteger[Any]]
"""Pixel values of 8 or of 16 bits."""


@dataclass(frozen=True)
class Levels:
    """Which pixel values an image is read to: `white` of a 16-bit file is the highest.

    Attributes:
        white: The 16-bit value that becomes the highest.
        bits: 8 or 16 of every pixel value; the highest is 2^bits - 1.
    """

    white: int = FULL_RANGE
    bits: int = 8

    @property
    def highest(self) -> int:
        """The highest pixel value."""
        return int((1 << self.bits) - 1)

    def of(self, pixels: npt.NDArray[np.generic]) -> Pixels:
        """Return values of 8 bits, or of 16, in these bits, rounded."""
        if pixels.dtype == np.uint8:
            if self.bits == 8:
                return pixels.view(np.uint8)
            return pixels.astype(np.uint16) * np.uint16(257)
        values = pixels.astype(np.int64)
        scaled = (2 * self.highest * values + self.white) // (2 * self.white)
        return np.minimum(scaled, self.highest).astype(f"uint{self.bits}")


AS_STORED = Levels()
"""Values of 8 bits; 16-bit files use all their bits."""


def level_of(peak: int) -> int:
    """Return the smallest 2^n - 1 that holds a value, n from 8 to 16."""
    bits = max(8, peak.bit_length())
    return min((1 << bits) - 1, FULL_RANGE) if peak > 0 else FULL_RANGE


def white_level(peaks: Iterable[int]) -> int:
    """Return the white level of images with these peaks; all of 0 are not 16-bit."""
    return level_of(max(peaks, default=0))


def about_level(levels: Levels, peaks: Iterable[int]) -> tuple[str, ...]:
    """Return what is to be said of the stretch: nothing where all bits are used."""
    level = levels.white
    if level == FULL_RANGE:
        return ()
    bits = level.bit_length()
    return (
        f"16-bit images use 0 to {max(peaks):,} of {FULL_RANGE:,}: read as {bits} "
        f"bits, white is {level:,} in every image.",
    )
