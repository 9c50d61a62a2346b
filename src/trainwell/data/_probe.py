"""What a scan finds out about an image: content key, size, mode, greyness, thumbnail.

The key is a hash of the file's bytes (of pixels and shape for arrays), not of decoded
pixels: decoders round differently, and a split keyed by content must be the same on
every machine. The same picture saved again is found by its thumbnail instead.

Source: BLAKE2b, RFC 7693, cut to 64 bits.
"""

import hashlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainwell.data import _decode, _thumbnail

SIDE = 96
"""JPEGs are scanned at the smallest scale whose short side has this many pixels."""


@dataclass(frozen=True, slots=True)
class Probe:
    """Facts about one image; height and width of the upright image, in full size.

    `peak` is the largest value of 16-bit grey, 0 of other images.
    """

    key: int
    height: int
    width: int
    mode: str
    grey: bool
    thumb: bytes
    peak: int = 0


def content_key(data: bytes | memoryview) -> int:
    """Hash bytes to a 64-bit key."""
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest())


def probe(data: bytes) -> Probe:
    """Decode once and describe; a `DataError` says why the file is no image."""
    found = _decode.decoded(data, 3, SIDE, white_level=None)
    return Probe(
        key=content_key(data),
        height=found.height,
        width=found.width,
        mode=found.mode,
        grey=_thumbnail.is_grey(found.image),
        thumb=_thumbnail.thumbnails(found.image[None]).tobytes(),
        peak=found.peak,
    )


def probe_arrays(images: npt.NDArray[np.uint8]) -> list[Probe]:
    """Describe n x h x w x c images that are already decoded."""
    count, height, width, channels = images.shape
    thumbs = _thumbnail.thumbnails(images)
    shape = f"{height}x{width}x{channels}:".encode()
    mode = {1: "L", 3: "RGB"}.get(channels, f"{channels} channels")
    return [
        Probe(
            key=content_key(shape + images[i].tobytes()),
            height=height,
            width=width,
            mode=mode,
            grey=channels == 1,
            thumb=thumbs[i].tobytes(),
        )
        for i in range(count)
    ]
