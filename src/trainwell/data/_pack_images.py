"""Pack images that are decoded already.

Source: none; plumbing.
"""

from collections.abc import Sequence

import numpy as np

from trainwell.core.errors import DataError
from trainwell.data._types import Image, PackedImages


def pack_images(images: Sequence[Image]) -> PackedImages:
    """Copy images of any sizes into one pack; a single one need not be copied.

    Raises:
        DataError: If there is no image, or they differ in channels.
    """
    channels = {image.shape[2] for image in images}
    if len(channels) != 1:
        raise DataError(f"images to pack must share their channels, got {channels}.")
    flat = [image.reshape(-1) for image in images]
    sizes = np.array([image.shape[:2] for image in images], np.int32)
    ends = np.cumsum([image.size for image in images])
    return PackedImages(
        buffer=flat[0] if len(flat) == 1 else np.concatenate(flat),
        offsets=ends - np.array([image.size for image in images]),
        heights=sizes[:, 0].copy(),
        widths=sizes[:, 1].copy(),
        channels=channels.pop(),
    )
