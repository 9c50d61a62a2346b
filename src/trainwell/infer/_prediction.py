"""The name of an image that is predicted."""

from pathlib import Path

from trainwell.data import ImageLike


def image_name(image: ImageLike, number: int) -> str:
    """Return the path of an image, or its number among others where it has none.

    Example:
        >>> image_name("a.png", 3), image_name(b"bytes", 3)
        ('a.png', 'image 3')
    """
    return str(image) if isinstance(image, str | Path) else f"image {number}"
