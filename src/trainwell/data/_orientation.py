"""The orientation tag that cameras write, and undoing what it states.

Source: Exif 2.32, section 4.6.4, tag 274.
"""

from PIL import Image as PillowImage

from trainwell.data._quiet import quiet_pillow
from trainwell.data._types import Image

_TAG = 274
_HEADER = b"Exif\x00\x00"
_WITHIN = 1 << 17


def stored_orientation(data: bytes) -> int:
    """Read the orientation, 1 to 8, from a JPEG's Exif segment; 1 without one."""
    start = data.find(_HEADER, 0, _WITHIN)
    if start < 4:
        return 1
    length = int.from_bytes(data[start - 2 : start])
    exif = PillowImage.Exif()
    quiet_pillow()
    try:
        exif.load(data[start : start - 2 + length])
    except Exception:  # a broken tag leaves the picture as it is stored
        return 1
    return orientation_of(exif)


def orientation_of(exif: PillowImage.Exif) -> int:
    """Return the orientation that the tags state, 1 where they state none."""
    try:
        value = exif.get(_TAG, 1)
    except Exception:  # values are parsed when asked for
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def upright(image: Image, orientation: int) -> Image:
    """Undo the rotation and mirroring that an orientation states, as a view."""
    if orientation >= 5:
        image = image.transpose(1, 0, 2)
    if orientation in (3, 4, 7, 8):
        image = image[::-1]
    if orientation in (2, 3, 6, 7):
        image = image[:, ::-1]
    return image
