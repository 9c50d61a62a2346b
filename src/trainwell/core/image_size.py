"""The size of a network's input: one number for a square, else height and width."""

from collections.abc import Sequence

ImageSize = int | tuple[int, int]
"""Pixels per side of a square, or (height, width)."""


def height_and_width(size: ImageSize) -> tuple[int, int]:
    """Return height and width of an image size.

    Example:
        >>> from trainwell.core.image_size import height_and_width
        >>> height_and_width(64), height_and_width((96, 160))
        ((64, 64), (96, 160))
    """
    height, width = size if isinstance(size, Sequence) else (size, size)
    return int(height), int(width)


def compact_size(size: ImageSize) -> ImageSize:
    """Return the size as one number if it is a square, else as (height, width).

    Example:
        >>> from trainwell.core.image_size import compact_size
        >>> compact_size((64, 64)), compact_size((96, 160))
        (64, (96, 160))
    """
    height, width = height_and_width(size)
    return height if height == width else (height, width)


def size_text(size: ImageSize) -> str:
    """Return the size for people: 64, or height x width.

    Example:
        >>> from trainwell.core.image_size import size_text
        >>> size_text(64), size_text((96, 160))
        ('64', '96x160')
    """
    compact = compact_size(size)
    return str(compact) if isinstance(compact, int) else f"{compact[0]}x{compact[1]}"
