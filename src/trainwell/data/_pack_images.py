"""Pack images that are decoded already.

Source: none; plumbing.
"""

from collections.abc import Sequence

import numpy as np

from trainwell.core.errors import DataError
from trainwell.data._types import Image, PackedImages


def pack_images(images: Sequence[Image]) -> PackedImages:
    """Copy images of any sizes into one pack.

    Raises:
        DataError: If there is no image, or they differ in channels.

    Example:
        >>> from trainwell.data import pack_images
        >>> images = [np.zeros((4, 6, 3), np.uint8), np.ones((2, 2, 3), np.uint8)]
        >>> pack = pack_images(images)
        >>> pack.heights.tolist(), pack.image(1).mean().item()
        ([4, 2], 1.0)
    """
    channels = {image.shape[2] for image in images}
    if len(channels) != 1:
        raise DataError(f"images to pack must share their channels, got {channels}.")
    sizes = np.array([image.shape[:2] for image in images], np.int32)
    ends = np.cumsum([image.size for image in images])
    return PackedImages(
        buffer=np.concatenate([image.reshape(-1) for image in images]),
        offsets=ends - np.array([image.size for image in images]),
        heights=sizes[:, 0].copy(),
        widths=sizes[:, 1].copy(),
        channels=channels.pop(),
    )


def pack_of_one(image: Image) -> PackedImages:
    """Return a pack that reads the image itself where it is contiguous."""
    height, width, channels = image.shape
    return PackedImages(
        buffer=np.ascontiguousarray(image).reshape(-1),
        offsets=np.zeros(1, np.int64),
        heights=np.array([height], np.int32),
        widths=np.array([width], np.int32),
        channels=channels,
    )
