"""Turn the bytes of an image file into pixels, or say in one line why not.

The content decides what a file is, not its extension. JPEGs go through
libjpeg-turbo, everything else and every JPEG it refuses through Pillow.

Source: none; the modules it calls name theirs.
"""

import contextlib
import stat
from collections.abc import Iterator
from pathlib import Path

from PIL import UnidentifiedImageError

from trainwell.core.errors import DataError
from trainwell.data import _jpeg, _pillow
from trainwell.data._bands import MAX_BANDS, bands_of_mode, tiff_bands
from trainwell.data._decoded import Decoded, decoded_bands, wrong_channels
from trainwell.data._deep_color import deep_color, is_deep, peak_of
from trainwell.data._encoded import EncodedImage, ImageFile
from trainwell.data._limits import refuse_too_large
from trainwell.data._orientation import stored_orientation
from trainwell.data._shrink import resized, shrunk_size
from trainwell.data._unread import HEIC_ADVICE
from trainwell.data._white_level import FULL_RANGE, Levels, Pixels, level_of

MAX_BYTES = 1 << 30
"""A file of more bytes is refused; no image of `MAX_PIXELS` needs as many."""


_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


def decode(
    data: bytes | ImageFile,
    *,
    channels: int,
    short_side: int | None = None,
    white_level: int = FULL_RANGE,
    bits: int = 8,
) -> Pixels:
    """Decode an image file to uint8 or uint16, height x width x channels.

    Palettes, 16-bit grey, CMYK, transparency (over white), orientation tags and the
    first frame of animations are handled; the file is never altered.

    Args:
        data: The file's bytes, or its path.
        channels: 1 for grey (luma), 3 for red, green and blue; others take the bands
            of a file that has as many, such as a multispectral TIFF, as they are.
        short_side: Reduce the image as `shrink` does, cheaper for large JPEGs.
        white_level: The 16-bit value that becomes the highest; 4095 where such files
            hold 12 bits.
        bits: 8, or 16 to keep all that 16-bit files hold; v of 8 bits becomes 257 v.

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
    if not 1 <= channels <= MAX_BANDS:
        raise DataError(f"`channels` must be 1 to {MAX_BANDS}, got {channels}.")
    if isinstance(data, Path | EncodedImage):
        try:
            return decode(
                read(data),
                channels=channels,
                short_side=short_side,
                white_level=white_level,
                bits=bits,
            )
        except DataError as error:
            raise DataError(f"cannot read {data}: {error}") from None
    found = decoded(data, channels, short_side, Levels(white_level, bits))
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
    data: bytes, channels: int | None, short_side: int | None, levels: Levels | None
) -> Decoded:
    """Decode to at least the size that `short_side` asks for, and describe.

    Args:
        data: The bytes.
        channels: As for `decode`; None takes bands where there are some, else colour.
        short_side: As for `decode`.
        levels: What 16-bit values become; None stretches each image by its own.
    """
    if not data:
        raise DataError("the file is empty")
    stored = _jpeg.header(data) if data.startswith(_jpeg.SIGNATURE) else None
    if stored is not None and channels in (1, 3, None):
        height, width, mode = stored
        refuse_too_large(height, width)
        image = _jpeg.decode_jpeg(data, channels or 3, short_side)
        if image is not None:
            if stored_orientation(data) >= 5:
                height, width = width, height
            return Decoded((levels or Levels()).of(image), mode, height, width)
    with _in_one_line(data):
        bands = tiff_bands(data)
        if bands is not None:
            return decoded_bands(bands, channels, levels)
        return _decode_with_pillow(data, channels, levels)


def _decode_with_pillow(
    data: bytes, channels: int | None, levels: Levels | None
) -> Decoded:
    with _pillow.open_image(data) as source:
        mode, peak = source.mode, peak_of(source)
        levels = levels or Levels(level_of(peak))
        if channels not in (1, 3, None) and bands_of_mode(mode) != channels:
            raise wrong_channels(bands_of_mode(mode), channels)
        if levels.bits == 16 and is_deep(source):
            image = deep_color(data, source, channels or 3, levels)
        else:
            image = _pillow.pillow_pixels(source, channels or 3, levels)
        height, width = image.shape[:2]
        return Decoded(image, mode, height, width, peak)


@contextlib.contextmanager
def _in_one_line(data: bytes) -> Iterator[None]:
    """Turn whatever a damaged file makes a decoder raise into a `DataError`."""
    try:
        yield
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
