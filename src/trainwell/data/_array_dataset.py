"""A dataset of images that are in memory already, all of one size.

Source: none; types.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from trainwell.core.errors import DataError
from trainwell.core.progress import silent
from trainwell.data._fingerprint import fingerprint
from trainwell.data._scan import scan_arrays
from trainwell.data._shrink import shrink
from trainwell.data._types import one_target
from trainwell.data._white_level import Pixels


class ArrayDataset:
    """Images n x h x w x c with targets; see `Dataset` for the attributes."""

    def __init__(
        self,
        images: Pixels,
        names: Sequence[str],
        targets: npt.NDArray[Any],
        classes: tuple[str, ...],
        keys: npt.NDArray[np.uint64],
    ) -> None:
        self.images = images
        self.names = tuple(names)
        self.targets = targets
        self.classes = classes
        self.keys = keys
        self.channels = int(images.shape[3])
        self.bits = 8 * images.dtype.itemsize
        self.sizes = np.full((len(images), 2), images.shape[1:3], np.int32)
        self.fingerprint = fingerprint(classes, targets, keys)

    def __len__(self) -> int:
        return len(self.images)

    def __repr__(self) -> str:
        return f"ArrayDataset(images={len(self)}, classes={len(self.classes)})"

    def sample(self, index: int, short_side: int | None = None) -> tuple[Pixels, Any]:
        """Return image `index`, a view unless it is reduced."""
        return shrink(self.images[index], short_side), one_target(self.targets, index)


def array_dataset(
    images: Pixels,
    targets: npt.NDArray[np.integer],
    classes: Sequence[str],
    *,
    name: str = "image",
) -> ArrayDataset:
    """Make a dataset of uint8 images, n x h x w or n x h x w x c, without copying.

    Args:
        images: The pixels.
        targets: Indices into `classes`, shape (n,).
        classes: Class names.
        name: Sample i is called "name[i]".

    Example:
        >>> from trainwell.data import array_dataset
        >>> images, targets = np.zeros((4, 8, 8), np.uint8), np.array([0, 1, 1, 0])
        >>> array_dataset(images, targets, ("cat", "dog"))
        ArrayDataset(images=4, classes=2)
    """
    images = checked_images(images, name)
    indices = np.asarray(targets).astype(np.int64)
    if indices.shape != (len(images),):
        raise DataError(
            f"{name}: {len(images)} images need as many targets, got an array of "
            f"shape {indices.shape}."
        )
    if len(indices) and not 0 <= indices.min() <= indices.max() < len(classes):
        raise DataError(
            f"{name}: targets must be in [0, {len(classes) - 1}] for "
            f"{len(classes)} classes, got {indices.min()} to {indices.max()}."
        )
    keys = np.array([p.key for p in scan_arrays(images, silent)], np.uint64)
    names = [f"{name}[{i}]" for i in range(len(images))]
    return ArrayDataset(images, names, indices, tuple(classes), keys)


def checked_images(images: npt.NDArray[np.generic], name: str) -> Pixels:
    """Return images as n x h x w x c, or say what is wrong with them."""
    images = np.asarray(images)
    if images.dtype not in (np.uint8, np.uint16):
        raise DataError(
            f"{name}: images must be uint8 with values 0 to 255, or uint16, got "
            f"{images.dtype}; convert them first."
        )
    if images.ndim == 3:
        images = images[..., None]
    if images.ndim != 4 or 0 in images.shape[1:]:
        raise DataError(
            f"{name}: images must have the shape (n, height, width) or (n, height, "
            f"width, channels), got {images.shape}."
        )
    if images.shape[1] in (1, 3) and images.shape[3] > 4:
        raise DataError(
            f"{name}: images of shape {images.shape} look channels-first; give "
            "images.transpose(0, 2, 3, 1)."
        )
    pixels: Pixels = images  # type: ignore[assignment]  # of the types above
    return pixels
