"""Which images belong to which split of a training: known by content, not by place.

Source: none; types.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from trainwell.data._splits import Splits
from trainwell.data._thumbnail import CELLS, Thumbs

Keys = npt.NDArray[np.uint64]


def _no_keys() -> Keys:
    return np.empty(0, np.uint64)


@dataclass(frozen=True)
class SplitImages:
    """The content keys of the images that a model was trained and evaluated on.

    Attributes:
        train: Keys of the training images, shape (n,).
        val: Keys of the validation images.
        test: Keys of the test images.
        thumbs: Thumbnails of the training images, shape (n, 72); none where there are
            too many to keep.

    Example:
        >>> from trainwell.data import SplitImages, load
        >>> images = SplitImages.of(load("digits"))
        >>> images.train.shape, images.of_split("val").shape
        ((1283,), (167,))
    """

    train: Keys = field(default_factory=_no_keys)
    val: Keys = field(default_factory=_no_keys)
    test: Keys = field(default_factory=_no_keys)
    thumbs: Thumbs = field(default_factory=lambda: np.empty((0, CELLS), np.uint8))

    @classmethod
    def of(cls, splits: Splits) -> "SplitImages":
        """Return those of loaded data."""
        test = _no_keys() if splits.test is None else splits.test.keys
        val = splits.val.keys if splits.held_out else _no_keys()
        return cls(splits.train.keys, val, test, splits.train_thumbs)

    def of_split(self, name: str) -> Keys:
        """Return the keys of train, val or test."""
        keys: Keys = getattr(self, name)
        return keys
