"""The orientation tag that cameras write, and undoing what it states.

Source: Exif 2.32, section 4.5.4 (the segment) and 4.6.4, tag 274.
"""

from PIL import Image as PillowImage

from trainwell.data._pillow_warnings import ignore_pillow_warnings
from trainwell.data._white_level import Pixels

_TAG = 274
_HEADER = b"Exif\x00\x00"
_APP1, _START_OF_SCAN = 0xE1, 0xDA


def stored_orientation(data: bytes) -> int:
    """Read the orientation, 1 to 8, from a JPEG's Exif segment; 1 without one."""
    segment = _exif_segment(data)
    if segment is None:
        return 1
    exif = PillowImage.Exif()
    ignore_pillow_warnings()
    try:
        exif.load(segment)
    except Exception:  # a broken tag leaves the picture as it is stored
        return 1
    return orientation_of(exif)


def orientation_of(exif: PillowImage.Exif) -> int:
    """Return the orientation that the tags state, 1 where they state none."""
    try:
        value = exif.get(_TAG, 1)
    except Exception:  # values are parsed on access
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def upright(image: Pixels, orientation: int) -> Pixels:
    """Undo the rotation and mirroring that an orientation states, as a view."""
    if orientation >= 5:
        image = image.transpose(1, 0, 2)
    if orientation in (3, 4, 7, 8):
        image = image[::-1]
    if orientation in (2, 3, 6, 7):
        image = image[:, ::-1]
    return image


def _exif_segment(data: bytes) -> bytes | None:
    """Walk the segments (0xFF, marker, length, body) before the pixels."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != _START_OF_SCAN:
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        body = data[at + 4 : end]
        if data[at + 1] == _APP1 and body.startswith(_HEADER):
            return body
        at = max(end, at + 4)
    return None
