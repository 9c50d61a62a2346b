"""What one look at an image tells: content key, size, mode, greyness, fingerprint.

The key is a hash of the file's bytes (of pixels and shape for arrays), not of decoded
pixels: decoders round differently, and a split keyed by content must be the same on
every machine. The same picture saved anew is found by the perceptual hash instead.

Source: BLAKE2b, RFC 7693, cut to 64 bits.
"""

import hashlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainwell.data import _decode, _jpeg, _thumbnail
from trainwell.data._types import Image

SIDE = 96
"""JPEGs are looked at in the smallest scale whose short side has this many pixels."""


@dataclass(frozen=True, slots=True)
class Probe:
    """Facts about one image; height and width as seen upright, in full size."""

    key: int
    height: int
    width: int
    mode: str
    grey: bool
    picture: int
    structure: int


def content_key(data: bytes | memoryview) -> int:
    """Hash bytes to a 64-bit key."""
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest())


def probe(data: bytes) -> Probe:
    """Decode once and describe; a `DataError` says why the file is no image."""
    image, mode = _decode.decode_with_mode(data, 3, SIDE)
    height, width = _full_size(data, image)
    hashes, structure = _thumbnail.difference_hash(_thumbnail.thumbnails(image[None]))
    return Probe(
        key=content_key(data),
        height=height,
        width=width,
        mode=mode,
        grey=_thumbnail.is_grey(image),
        picture=int(hashes[0]),
        structure=int(structure[0]),
    )


def probe_arrays(images: npt.NDArray[np.uint8]) -> list[Probe]:
    """Describe n x h x w x c images that are already decoded."""
    count, height, width, channels = images.shape
    hashes, structure = _thumbnail.difference_hash(_thumbnail.thumbnails(images))
    shape = f"{height}x{width}x{channels}:".encode()
    mode = {1: "L", 3: "RGB"}.get(channels, f"{channels} channels")
    return [
        Probe(
            key=content_key(shape + images[i].tobytes()),
            height=height,
            width=width,
            mode=mode,
            grey=channels == 1,
            picture=int(hashes[i]),
            structure=int(structure[i]),
        )
        for i in range(count)
    ]


def _full_size(data: bytes, image: Image) -> tuple[int, int]:
    known = _jpeg.header(data) if data.startswith(_jpeg.SIGNATURE) else None
    if known is None:
        return image.shape[0], image.shape[1]
    if _jpeg.orientation(data) >= 5:
        return known[1], known[0]
    return known[0], known[1]
