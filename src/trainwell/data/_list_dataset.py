"""A dataset of images that are in memory already, of any sizes.

Source: none; types.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from trainwell.data._channels import with_channels
from trainwell.data._fingerprint import fingerprint
from trainwell.data._shrink import shrink
from trainwell.data._types import one_target
from trainwell.data._white_level import Pixels


class ListDataset:
    """Images height x width x c with targets; see `Dataset` for the attributes."""

    def __init__(
        self,
        images: Sequence[Pixels],
        names: Sequence[str],
        targets: npt.NDArray[Any],
        classes: tuple[str, ...],
        keys: npt.NDArray[np.uint64],
        channels: int,
    ) -> None:
        self.images = [with_channels(x, channels, "the images") for x in images]
        self.names = tuple(names)
        self.targets = targets
        self.classes = classes
        self.keys = keys
        self.channels = channels
        self.bits = 8 * images[0].dtype.itemsize if images else 8
        sizes = np.array([x.shape[:2] for x in images], np.int32)
        self.sizes = sizes.reshape(-1, 2)
        self.fingerprint = fingerprint(classes, targets, keys)

    def __len__(self) -> int:
        return len(self.images)

    def __repr__(self) -> str:
        return f"ListDataset(images={len(self)}, classes={len(self.classes)})"

    def sample(self, index: int, short_side: int | None = None) -> tuple[Pixels, Any]:
        """Return image `index`, a view unless it is reduced."""
        return shrink(self.images[index], short_side), one_target(self.targets, index)
