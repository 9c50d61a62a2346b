"""Decode a JPEG with libjpeg-turbo, at a reduced scale where that is enough.

A decoder that works in blocks of cosine coefficients can leave out the high ones and
so hand over 1/2, 1/4 or 1/8 of each side for a fraction of the time and memory.
What it cannot do (CMYK, damaged or unusual files) is left to Pillow.

Source: libjpeg-turbo's `scale_num/scale_denom`, through simplejpeg; the orientation
tag is Exif 2.32, section 4.6.4, tag 274.
"""

import numpy as np
import simplejpeg  # type: ignore[import-untyped]
from PIL import Image as PillowImage

from trainwell.data._shrink import shrunk_size
from trainwell.data._types import Image

SIGNATURE = b"\xff\xd8\xff"
_ORIENTATION = 274


def header(data: bytes) -> tuple[int, int, str] | None:
    """Return the stored height and width and the mode, or None if unreadable."""
    try:
        height, width, space, _ = simplejpeg.decode_jpeg_header(data)
    except ValueError:
        return None
    mode = {"Gray": "L", "YCbCr": "RGB", "RGB": "RGB"}.get(space)
    return None if mode is None else (height, width, mode)


def decode_jpeg(data: bytes, channels: int, short_side: int | None) -> Image | None:
    """Decode and turn upright; None if this decoder cannot.

    With `short_side` the image may come back larger than that, never smaller.
    """
    known = header(data)
    if known is None:
        return None
    height, width = shrunk_size(known[0], known[1], short_side)
    try:
        image = simplejpeg.decode_jpeg(
            data,
            colorspace="RGB" if channels == 3 else "GRAY",
            min_height=height,
            min_width=width,
        )
    except ValueError:
        return None
    return np.ascontiguousarray(upright(image, orientation(data)))


def orientation(data: bytes) -> int:
    """Read the orientation, 1 to 8, from the Exif segment; 1 where there is none."""
    start = data.find(b"Exif\x00\x00", 0, 1 << 17)
    if start < 4:
        return 1
    length = int.from_bytes(data[start - 2 : start])
    exif = PillowImage.Exif()
    try:
        exif.load(data[start : start - 2 + length])
        value = exif.get(_ORIENTATION, 1)
    except Exception:  # a broken tag leaves the picture as it is stored
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def upright(image: Image, tag: int) -> Image:
    """Undo the rotation and mirroring that an orientation tag states, as a view."""
    if tag >= 5:
        image = image.transpose(1, 0, 2)
    if tag in (3, 4, 7, 8):
        image = image[::-1]
    if tag in (2, 3, 6, 7):
        image = image[:, ::-1]
    return image
