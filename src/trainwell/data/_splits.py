"""What loading a source gives: its splits, and what was found in them.

Source: none; types.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from trainwell.data._audit import Audit
from trainwell.data._class_targets import CLASSES
from trainwell.data._probe import Probe
from trainwell.data._targets import TargetReader
from trainwell.data._thumbnail import CELLS, Thumbs, stack_thumbs
from trainwell.data._types import Dataset
from trainwell.data._white_level import AS_STORED, Levels

_MAX_THUMBS = 200_000  # 14 MB


class SizeRange(NamedTuple):
    """The smallest, the middle and the largest of a quantity."""

    low: int
    median: float
    high: int


@dataclass(frozen=True)
class Splits:
    """A source, read, checked and cut.

    Attributes:
        train: Training images.
        val: Validation images.
        test: Test images, None where the source has none.
        audit: Findings of the scan.
        classes: Class names, in the order of the targets.
        channels: Channels of every decoded image.
        heights: Heights of the training images in pixels.
        widths: Widths of the training images in pixels.
        mirror: Whether a left-right flip keeps the class; None where unknown.
        stated: Names of the splits that the source itself has; empty where all were
            cut from one.
        held_out: Whether `val` was held out; without a validation split it holds some
            of the training images, to watch them.
        levels: Bits of pixel values, and what 16-bit values become.
        reader: How its targets were read.
        train_thumbs: Thumbnails of the training images, shape (n, 72); none of very
            many.

    Example:
        >>> from trainwell.data import load
        >>> splits = load("digits")
        >>> splits
        Splits(train=1283, val=167, test=347, classes=10)
        >>> splits.heights
        SizeRange(low=8, median=8.0, high=8)
    """

    train: Dataset
    val: Dataset
    test: Dataset | None
    audit: Audit
    classes: tuple[str, ...]
    channels: int
    heights: SizeRange
    widths: SizeRange
    mirror: bool | None
    stated: tuple[str, ...] = ()
    levels: Levels = AS_STORED
    held_out: bool = True
    reader: TargetReader = CLASSES
    train_thumbs: Thumbs = field(
        default_factory=lambda: np.empty((0, CELLS), np.uint8), repr=False
    )

    def __repr__(self) -> str:
        counts = {"train": self.train, "val": self.val, "test": self.test}
        sizes = [f"{n}={len(d)}" for n, d in counts.items() if d is not None]
        return f"Splits({', '.join(sizes)}, classes={len(self.classes)})"


def size_range(values: npt.NDArray[np.int32]) -> SizeRange:
    """Return smallest, median and largest."""
    return SizeRange(int(values.min()), float(np.median(values)), int(values.max()))


def some_thumbs(probes: Sequence[Probe]) -> Thumbs:
    """Return the thumbnails that a run keeps: all, or none of very many."""
    kept = probes if len(probes) <= _MAX_THUMBS else ()
    return stack_thumbs([probe.thumb for probe in kept])
