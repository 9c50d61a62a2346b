"""An image file that lies in memory, as a cell of a table holds it.

Source: none; types.
"""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class EncodedImage:
    """The bytes of an image file, and a name for messages."""

    name: str
    data: bytes = field(repr=False)

    def __str__(self) -> str:
        return self.name


ImageFile = Path | EncodedImage
"""What is read and decoded: a file, or the bytes of one."""
