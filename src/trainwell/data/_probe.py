"""What a scan finds out about an image: content key, size, mode, greyness, thumbnail.

The key is a hash of the file's bytes (of pixels and shape for arrays), not of decoded
pixels: decoders round differently, and a split keyed by content must be the same on
every machine. The same picture saved again is found by its thumbnail instead.

Source: BLAKE2b, RFC 7693, cut to 64 bits.
"""

import hashlib
from dataclasses import dataclass

import numpy as np

from trainwell.data import _decode, _thumbnail
from trainwell.data._bands import bands_of_mode
from trainwell.data._white_level import Levels, Pixels, level_of

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

    @property
    def many(self) -> bool:
        """Whether it has bands beside grey, colour and transparency."""
        return self.mode.endswith(" channels")

    @property
    def bands(self) -> int:
        """Channels that can be read as they are: 5 of a TIFF with five bands."""
        count = self.mode.partition(" ")[0]
        return int(count) if self.many else bands_of_mode(self.mode)


def content_key(data: bytes | memoryview) -> int:
    """Hash bytes to a 64-bit key."""
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest())


def probe(data: bytes) -> Probe:
    """Decode once and describe; a `DataError` says why the file is no image."""
    found = _decode.decoded(data, None, SIDE, None)
    return Probe(
        key=content_key(data),
        height=found.height,
        width=found.width,
        mode=found.mode,
        grey=_thumbnail.is_grey(found.image),
        thumb=_thumbnail.thumbnails(found.image[None]).tobytes(),
        peak=found.peak,
    )


def probe_arrays(images: Pixels) -> list[Probe]:
    """Describe n x h x w x c images that are already decoded."""
    count, height, width, channels = images.shape
    deep = images.dtype == np.uint16
    peaks = [int(image.max()) if deep else 0 for image in images]
    shown = [
        Levels(level_of(peak)).of(x) for x, peak in zip(images, peaks, strict=True)
    ]
    thumbs = _thumbnail.thumbnails(np.stack(shown) if deep else images)
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
            peak=peaks[i],
        )
        for i in range(count)
    ]
