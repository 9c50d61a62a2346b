"""Decode a JPEG with libjpeg-turbo, at a reduced scale where that is enough.

A decoder that works in blocks of cosine coefficients can leave out the high ones and
so hand over 1/2, 1/4 or 1/8 of each side for a fraction of the time and memory.
What it cannot do (CMYK, damaged or unusual files) is left to Pillow.

Source: libjpeg-turbo's `scale_num/scale_denom`, through simplejpeg.
"""

import numpy as np
import simplejpeg  # type: ignore[import-untyped]

from trainwell.data._orientation import stored_orientation, upright
from trainwell.data._shrink import shrunk_size
from trainwell.data._types import Image

_MIN_FACTOR = 1.5  # a scale nearer to 1 takes longer than decoding in full
SIGNATURE = b"\xff\xd8\xff"


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
            min_factor=_MIN_FACTOR,
        )
    except ValueError:
        return None
    return np.ascontiguousarray(upright(image, stored_orientation(data)))
