"""The types of this package: what a dataset is, and what a store of pixels is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from trainwell.data._white_level import Pixels

Image = Pixels  # height x width x channels, channels 1 or more


@runtime_checkable
class Dataset(Protocol):
    """Images with targets, one split of a source.

    Attributes:
        classes: Class names, ordered; `targets` index into this. Where something else
            is predicted, its names.
        targets: One class index per sample, shape (n,); or what else is predicted,
            shape (n, ...).
        keys: One 64-bit content key per sample, shape (n,): the same file has the
            same key in every folder, and keyed randomness draws by it.
        names: One readable name per sample: a path relative to the source, or
            "train[17]" for arrays.
        sizes: Height and width of each image as decoded in full, shape (n, 2).
        channels: Channels of every decoded image.
        fingerprint: Hex digest over classes, targets and content.

    Example:
        >>> from trainwell.data import load
        >>> train = load("digits").train
        >>> image, target = train.sample(0)
        >>> image.shape, train.classes[target] in train.classes
        ((8, 8, 1), True)
    """

    @property
    def classes(self) -> tuple[str, ...]: ...
    @property
    def targets(self) -> npt.NDArray[Any]: ...
    @property
    def keys(self) -> npt.NDArray[np.uint64]: ...
    @property
    def names(self) -> Sequence[str]: ...
    @property
    def sizes(self) -> npt.NDArray[np.int32]: ...
    @property
    def channels(self) -> int: ...
    @property
    def fingerprint(self) -> str: ...

    def __len__(self) -> int: ...

    def sample(self, index: int, short_side: int | None = None) -> tuple[Image, Any]:
        """Return the decoded image, reduced as `shrink` does, and its target."""
        ...


def bits_of(dataset: Dataset) -> int:
    """Return the bits of a dataset's pixel values: 8 where it does not say."""
    return int(getattr(dataset, "bits", 8))


def one_target(targets: npt.NDArray[Any], index: int) -> Any:  # noqa: ANN401
    """Return the target of a sample: a class index, or what else is predicted."""
    return int(targets[index]) if targets.dtype.kind == "i" else targets[index]


@dataclass(frozen=True)
class PackedImages:
    """Images of mixed sizes in one flat buffer: what the augmentation engine reads.

    Image i is `buffer[offsets[i] : offsets[i] + heights[i] * widths[i] * channels]`
    read as height x width x channels.

    Example:
        >>> from trainwell.data import pack_images
        >>> pack = pack_images([np.zeros((4, 6, 3), np.uint8)])
        >>> pack, pack.image(0).shape
        (PackedImages(images=1, channels=3), (4, 6, 3))
    """

    buffer: Pixels
    offsets: npt.NDArray[np.int64]
    heights: npt.NDArray[np.int32]
    widths: npt.NDArray[np.int32]
    channels: int

    def __len__(self) -> int:
        return len(self.offsets)

    def __repr__(self) -> str:
        return f"PackedImages(images={len(self)}, channels={self.channels})"

    def image(self, index: int) -> Image:
        """Return image `index` as a view, height x width x channels."""
        h, w = int(self.heights[index]), int(self.widths[index])
        start = int(self.offsets[index])
        flat = self.buffer[start : start + h * w * self.channels]
        return flat.reshape(h, w, self.channels)


@runtime_checkable
class ImageStore(Protocol):
    """Decoded pixels by sample index: resident in memory, or decoded on demand.

    `fetch(indices)` returns a pack and the row of each requested index in it, so that
    a resident store hands out its one pack without copying. `sizes(indices)` are the
    heights and widths that it has.

    Example:
        >>> from trainwell.data import ImageStore, StreamingStore, load
        >>> store = StreamingStore(load("digits").train, short_side=None, threads=1)
        >>> isinstance(store, ImageStore)
        True
    """

    @property
    def channels(self) -> int: ...

    def __len__(self) -> int: ...

    def fetch(
        self, indices: npt.NDArray[np.int64]
    ) -> tuple[PackedImages, npt.NDArray[np.int64]]: ...

    def sizes(self, indices: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]: ...
