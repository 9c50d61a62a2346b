"""The white level of 16-bit grey: cameras and scanners often use 10 to 14 of the bits.

    white = 2^n - 1, the smallest that holds the largest value of the training images

One level holds for a whole data set and is kept with the model: a level of each image
would make dark and bright ones look the same.

Source: the tag WhiteLevel of Adobe, "Digital Negative (DNG) Specification".
"""

from collections.abc import Iterable

FULL_RANGE = 65535
"""The white level of 16 bits that are all in use."""


def level_of(peak: int) -> int:
    """Return the smallest 2^n - 1 that holds a value, n from 8 to 16."""
    bits = max(8, peak.bit_length())
    return min((1 << bits) - 1, FULL_RANGE) if peak > 0 else FULL_RANGE


def white_level(peaks: Iterable[int]) -> int:
    """Return the white level of images with these peaks; all of 0 are not 16-bit."""
    return level_of(max(peaks, default=0))


def about_level(level: int, peaks: Iterable[int]) -> tuple[str, ...]:
    """Return what is to be said of the stretch: nothing where all bits are used."""
    if level == FULL_RANGE:
        return ()
    bits = level.bit_length()
    return (
        f"16-bit images use 0 to {max(peaks):,} of {FULL_RANGE:,}: read as {bits} "
        f"bits, white is {level:,} in every image.",
    )
