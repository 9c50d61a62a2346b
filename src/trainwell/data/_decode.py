"""Turn the bytes of an image file into pixels, or say in one line why not.

The content decides what a file is, not its extension. JPEGs go through
libjpeg-turbo, everything else and every JPEG it refuses through Pillow.

Source: none; the modules it calls name theirs.
"""

import stat
from dataclasses import dataclass
from pathlib import Path

from PIL import UnidentifiedImageError

from trainwell.core.errors import DataError
from trainwell.data import _jpeg, _pillow
from trainwell.data._deep_color import peak_of
from trainwell.data._encoded import EncodedImage, ImageFile
from trainwell.data._orientation import stored_orientation
from trainwell.data._shrink import resized, shrunk_size
from trainwell.data._types import Image
from trainwell.data._unread import HEIC_ADVICE
from trainwell.data._white_level import FULL_RANGE, level_of

MAX_BYTES = 1 << 30
"""A file of more bytes is refused; no image of `MAX_PIXELS` needs as many."""


_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


@dataclass(frozen=True)
class Decoded:
    """Pixels, upright and perhaps reduced, with the stored mode and the full size.

    `peak` is the largest value of 16-bit images, 0 of others.
    """

    image: Image
    mode: str
    height: int
    width: int
    peak: int = 0


def decode(
    data: bytes | ImageFile,
    *,
    channels: int,
    short_side: int | None = None,
    white_level: int = FULL_RANGE,
) -> Image:
    """Decode an image file to uint8, height x width x channels.

    Palettes, 16-bit grey, CMYK, transparency (over white), orientation tags and the
    first frame of animations are handled; the file is never altered.

    Args:
        data: The file's bytes, or its path.
        channels: 1 for grey (luma), 3 for red, green and blue.
        short_side: Reduce the image as `shrink` does, cheaper for large JPEGs.
        white_level: The value of 16-bit grey that becomes 255; 4095 where such files
            hold 12 bits.

    Raises:
        DataError: The file is missing, no regular file, empty, damaged, no image, or
            declares more than 250 megapixels.

    Example:
        >>> import io
        >>> from PIL import Image
        >>> from trainwell.data import decode
        >>> file = io.BytesIO()
        >>> Image.new("RGB", (6, 4), "red").save(file, "PNG")
        >>> image = decode(file.getvalue(), channels=3)
        >>> image.shape, image[0, 0].tolist()
        ((4, 6, 3), [255, 0, 0])
    """
    if channels not in (1, 3):
        raise DataError(f"`channels` must be 1 or 3 for image files, got {channels}.")
    if isinstance(data, Path | EncodedImage):
        try:
            return decode(
                read(data),
                channels=channels,
                short_side=short_side,
                white_level=white_level,
            )
        except DataError as error:
            raise DataError(f"cannot read {data}: {error}") from None
    found = decoded(data, channels, short_side, white_level)
    return resized(found.image, *shrunk_size(found.height, found.width, short_side))


def read(path: ImageFile) -> bytes:
    """Read a file whole; a missing, forbidden or endless one is a `DataError`."""
    if isinstance(path, EncodedImage):
        return path.data
    try:
        refuse_endless(path, MAX_BYTES)
        return path.read_bytes()
    except OSError as error:
        raise DataError((error.strerror or str(error)).lower()) from None


def refuse_endless(path: Path, limit: int) -> None:
    """Raise DataError unless `path` is a regular file of at most `limit` bytes.

    A pipe may never end and a device never does; neither is opened.

    Raises:
        OSError: The file is missing, or its folder forbidden.
    """
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        what = "a folder" if stat.S_ISDIR(status.st_mode) else "a pipe or a device"
        raise DataError(f"it is {what}, not a regular file")
    if status.st_size > limit:
        raise DataError(
            f"it has {status.st_size / 2**30:.1f} GiB, more than the limit of "
            f"{limit / 2**30:.0f} GiB"
        )


def decoded(
    data: bytes, channels: int, short_side: int | None, white_level: int | None
) -> Decoded:
    """Decode to at least the size that `short_side` asks for, and describe.

    Without a white level, each 16-bit image is stretched by its own.
    """
    if not data:
        raise DataError("the file is empty")
    stored = _jpeg.header(data) if data.startswith(_jpeg.SIGNATURE) else None
    if stored is not None:
        height, width, mode = stored
        _pillow.refuse_too_large(height, width)
        image = _jpeg.decode_jpeg(data, channels, short_side)
        if image is not None:
            if stored_orientation(data) >= 5:
                height, width = width, height
            return Decoded(image, mode, height, width)
    return _decode_with_pillow(data, channels, white_level)


def _decode_with_pillow(data: bytes, channels: int, white_level: int | None) -> Decoded:
    try:
        with _pillow.open_image(data) as source:
            mode, peak = source.mode, peak_of(source)
            level = white_level or level_of(peak)
            image = _pillow.pillow_pixels(source, channels, level)
            height, width = image.shape[:2]
            return Decoded(image, mode, height, width, peak)
    except DataError:
        raise
    except UnidentifiedImageError:
        raise DataError(_unidentified(data)) from None
    except MemoryError:
        raise DataError("it does not fit in memory") from None
    except Exception as error:  # plugins raise anything on damaged files
        raise DataError(f"damaged image ({_one_line(error)})") from None


def _unidentified(data: bytes) -> str:
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        if ".heic" not in _pillow.extensions():
            return f"HEIC is not read here: {HEIC_ADVICE}"
        return "a damaged HEIC file"
    return "not an image, or its header is damaged"


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
