"""The types of this package: what a generated sample is, and a dataset of these."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainwell.core import checks, keyed
from trainwell.data._fingerprint import fingerprint
from trainwell.data._shrink import shrink
from trainwell.data._types import Image


@dataclass(frozen=True)
class Labelled:
    """One generated sample and all that is known about it.

    Attributes:
        image: Height x width x channels, uint8.
        target: Index of its class.
        mask: Height x width, uint8: 0 is the background, c + 1 a pixel of class c.
        points: (x, y) in pixels, the first pixel's centre at (0.5, 0.5); (k, 2).
        visible: Whether each point exists and is visible, (k,).

    Example:
        >>> from trainwell.data.synthetic import digits
        >>> sample = digits(10).labelled(0)
        >>> sample.points.shape, sample.visible.dtype
        ((4, 2), dtype('bool'))
    """

    image: Image
    target: int
    mask: npt.NDArray[np.uint8]
    points: npt.NDArray[np.float64]
    visible: npt.NDArray[np.bool_]


Generate = Callable[["KeyedRandom", int], Labelled]


class KeyedRandom:
    """Random numbers of one sample: each is decided by seed, index and purpose."""

    def __init__(self, seed: int, index: int) -> None:
        self.seed = seed
        self.ids = np.array([index], np.uint64)

    def uniform(self, purpose: str, *shape: int) -> npt.NDArray[np.float64]:
        """Return numbers in [0, 1) of a shape."""
        count = int(np.prod(shape))
        flat = keyed.uniform(self.seed, 0, self.ids, purpose, count)[0]
        drawn: npt.NDArray[np.float64] = flat.reshape(shape)
        return drawn

    def between(self, purpose: str, low: float, high: float) -> float:
        """Return one number in [low, high)."""
        return low + (high - low) * float(self.uniform(purpose, 1)[0])

    def below(self, purpose: str, count: int) -> int:
        """Return one of 0 .. count - 1."""
        return int(count * self.uniform(purpose, 1)[0])


class Synthetic:
    """A dataset that generates its samples; see `Dataset` for the attributes.

    Sample i depends on the seed and on i alone: not on the number of images, on what
    was asked before, on the process or the thread. Every number of classes in a row,
    beginning at 0, holds each class once.

    Args:
        generate: Makes a sample out of random numbers and its class.
        classes: Class names, at most 255, so that masks have room for them.
        name: Sample i is called "name[i]".
        made_of: Whatever else decides what samples look like; the keys depend on it.
        num_images: Length.
        size: Height and width of every image.
        seed: See above.
        channels: Number of channels of every image.

    Example:
        >>> from itertools import islice
        >>> from trainwell.data.synthetic import shapes
        >>> [sample.image.shape for sample in islice(shapes(size=16).endless(), 2)]
        [(16, 16, 3), (16, 16, 3)]
    """

    def __init__(  # noqa: PLR0913
        self,
        generate: Generate,
        classes: Sequence[str],
        *,
        name: str,
        made_of: str,
        num_images: int,
        size: int,
        seed: int,
        channels: int,
    ) -> None:
        checks.between("the number of classes", len(classes), 1, 255)
        checks.positive("num_images", num_images)
        checks.positive("size", size)
        self.generate = generate
        self.seed = seed
        self.name = name
        self.channels = channels
        self.classes = tuple(classes)
        ids = np.arange(num_images, dtype=np.uint64)
        self.targets = self._targets(0, num_images)
        self.keys = keyed.bits(seed, 0, ids, f"{name} {made_of}")[:, 0]
        self.names = tuple(f"{name}[{i}]" for i in range(num_images))
        self.sizes = np.full((num_images, 2), size, np.int32)
        self.fingerprint = fingerprint(self.classes, self.targets, self.keys)

    def __len__(self) -> int:
        return len(self.keys)

    def sample(self, index: int, short_side: int | None = None) -> tuple[Image, int]:
        """Return image `index`, reduced as `shrink` does, and its target."""
        if not 0 <= index < len(self):
            raise IndexError(f"{self.name} has {len(self)} images, got {index}.")
        drawn = self.labelled(index)
        return shrink(drawn.image, short_side), drawn.target

    def labelled(self, index: int) -> Labelled:
        """Return all of sample `index`, which may lie beyond the number of images."""
        if index < 0:
            raise IndexError(f"{self.name} begins at 0, got {index}.")
        target = int(self._targets(index, index + 1)[0])
        return self.generate(KeyedRandom(self.seed, index), target)

    def endless(self, first: int = 0) -> Iterator[Labelled]:
        """Generate sample `first`, the next one, and so on without end."""
        while True:
            yield self.labelled(first)
            first += 1

    def _targets(self, first: int, end: int) -> npt.NDArray[np.int64]:
        count = len(self.classes)
        rounds = np.arange(first // count, -(-end // count))
        ids = rounds[:, None] * count + np.arange(count)
        words = keyed.bits(self.seed, 0, ids.ravel().astype(np.uint64), "class")
        order = np.argsort(words.reshape(ids.shape), axis=1, kind="stable")
        start = first - int(rounds[0]) * count
        return order.reshape(-1)[start : start + end - first].astype(np.int64)
