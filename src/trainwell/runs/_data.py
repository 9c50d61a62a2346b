"""Read the data of a run, and gather the facts that its defaults rest on."""

from dataclasses import dataclass

import torch

from trainwell import data
from trainwell.core.device import num_cores
from trainwell.core.progress import Progress
from trainwell.data import Dataset, ImageStore, Splits
from trainwell.recipes import Facts, Recipe, choose, refuse_unused
from trainwell.runs._reporter import Reporter

Source = data.SourceLike


def load_splits(source: Source, recipe: Recipe, progress: Progress) -> Splits:
    """Read and check the source as the recipe says."""
    how = recipe.data
    return data.load(
        source,
        seed=how.split_seed,
        val_fraction=how.val_share,
        test_fraction=how.test_share,
        per_class=how.per_class,
        bad_images=how.bad_images,
        channels=how.channels,
        extra=how.extra,
        progress=progress,
    )


def gather_facts(splits: Splits, device: torch.device) -> Facts:
    """Return what the chooser of defaults wants to know."""
    return Facts(
        num_train=len(splits.train),
        num_classes=len(splits.classes),
        channels=splits.channels,
        median_height=round(splits.heights.median),
        median_width=round(splits.widths.median),
        imbalance=splits.audit.imbalance,
        mirror=splits.mirror,
        accelerator=device.type != "cpu",
        cores=num_cores(),
    )


def short_side(image_size: int) -> int:
    """Return to what images are reduced when decoded: room for crops, no more."""
    return image_size * 3 // 2


@dataclass(frozen=True)
class Stores:
    """The pixels of each split."""

    train: ImageStore
    val: ImageStore
    test: ImageStore | None


def open_stores(splits: Splits, recipe: Recipe, reporter: Reporter) -> Stores:
    """Decode what fits into memory; stream the rest.

    The limit is shared out by the number of images.
    """
    total = sum(len(s) for s in (splits.train, splits.val, splits.test) if s)
    limit = recipe.data.memory_gb * 2**30

    def opened(split: Dataset) -> ImageStore:
        return data.open_store(
            split,
            short_side=short_side(recipe.data.image_size or 0),
            memory_limit=int(limit * len(split) / total),
            threads=recipe.train.threads or num_cores(),
            progress=reporter.progress,
        )

    test = opened(splits.test) if splits.test is not None else None
    return Stores(opened(splits.train), opened(splits.val), test)


def read_data(
    source: Source, asked: Recipe, device: torch.device, reporter: Reporter
) -> tuple[Splits, Stores, Recipe, str]:
    """Read the images, complete the recipe for them, and open their pixels.

    Returns:
        The splits, their stores, the recipe, and the sentence on what was chosen.
    """
    splits = load_splits(source, asked, reporter.progress)
    for warning in splits.audit.warnings:
        reporter.warn(warning)
    recipe, sentence = choose(asked, gather_facts(splits, device))
    reporter.say(sentence)
    refuse_unused(recipe)
    return splits, open_stores(splits, recipe, reporter), recipe, sentence
