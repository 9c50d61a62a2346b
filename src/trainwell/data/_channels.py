"""Make grey of colour and the other way round; other channels are left as they are.

Source: grey from colour is ITU-R BT.601 luma, as Pillow computes it.
"""

import numpy as np

from trainwell.core.errors import DataError
from trainwell.data._white_level import Pixels

_LUMA = np.array([19595, 38470, 7471], np.uint32)  # sums to 2**16


def with_channels(images: Pixels, channels: int | None, name: str) -> Pixels:
    """Return the images with so many channels: grey repeated, colour to luma."""
    have = images.shape[-1]
    if channels is None or channels == have:
        return images
    if have == 1 and channels == 3:
        return np.repeat(images, 3, axis=-1)
    if have == 3 and channels == 1:
        luma = (images.astype(np.uint32) @ _LUMA + 2**15) >> 16
        return luma.astype(images.dtype)[..., None]
    raise DataError(f"{name}: cannot make {channels} channels of {have}.")
