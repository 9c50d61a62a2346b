"""The pixels of every split: decoded into memory as far as they fit, or on demand."""

from dataclasses import dataclass
from typing import Literal

from trainwell import data
from trainwell.core.device import num_cores
from trainwell.core.image_size import ImageSize, height_and_width
from trainwell.core.progress import Progress
from trainwell.data import Dataset, ImageStore, Splits
from trainwell.recipes import Recipe

Decode = Literal["ahead", "on demand"]
"""Ahead: as far as `data.memory_gb` goes; on demand: only what is fetched."""


@dataclass(frozen=True)
class Stores:
    """The pixels of each split."""

    train: ImageStore
    val: ImageStore
    test: ImageStore | None


def short_side(image_size: ImageSize) -> int:
    """Return to what images are reduced when decoded: room for crops, no more.

    An image whose shorter side fills the longer one of the input fills both.
    """
    return max(height_and_width(image_size)) * 3 // 2


def open_store(
    split: Dataset, recipe: Recipe, progress: Progress, fraction: float = 1.0
) -> ImageStore:
    """Open the pixels of one split, within a fraction of `data.memory_gb`."""
    return data.open_store(
        split,
        short_side=short_side(recipe.data.image_size or 0),
        memory_limit=int(fraction * recipe.data.memory_gb * 2**30),
        threads=recipe.train.threads or num_cores(),
        progress=progress,
    )


def open_stores(
    splits: Splits, recipe: Recipe, progress: Progress, decode: Decode = "ahead"
) -> Stores:
    """Open the pixels of every split; the memory is divided by number of images."""
    total = sum(len(s) for s in (splits.train, splits.val, splits.test) if s)
    ahead = decode == "ahead"

    def opened(split: Dataset) -> ImageStore:
        fraction = len(split) / total if ahead else 0.0
        return open_store(split, recipe, progress, fraction)

    test = opened(splits.test) if splits.test is not None else None
    return Stores(opened(splits.train), opened(splits.val), test)
