"""Batches of a session: how its pixels are rendered, and which images they hold."""

import numpy as np
import numpy.typing as npt
import torch

from trainwell.data import ImageStore, Splits
from trainwell.preprocess import Standardize
from trainwell.recipes import (
    Recipe,
    fit_statistics,
    make_mixing,
    make_policy,
    make_task,
)
from trainwell.training import KeyedBatches, RenderSettings

STATISTICS = 5_000
"""Images from which statistics and data-dependent weights are taken."""


def evenly_spaced_indices(length: int, count: int) -> npt.NDArray[np.int64]:
    """Return at most `count` indices, spread evenly over range(length)."""
    return np.unique(np.linspace(0, length - 1, min(length, count)).astype(np.int64))


def fit_colors(
    recipe: Recipe, splits: Splits, store: ImageStore, count: int = STATISTICS
) -> Standardize:
    """Return the statistics of at most `count` training images."""
    pack, rows = store.fetch(evenly_spaced_indices(len(splits.train), count))
    images = (pack.image(int(row)) for row in rows)
    return fit_statistics(recipe, images, channels=splits.channels)


def render_settings(
    recipe: Recipe, standardize: Standardize, device: torch.device
) -> RenderSettings:
    """Return how a complete recipe turns stored pixels into tensors."""
    timed = recipe.train.memory_format == "auto"
    return RenderSettings(
        size=recipe.data.image_size or 0,
        fit=recipe.data.fit or "pad",
        border=recipe.augment.border or "mean",
        interpolation=recipe.augment.interpolation or "nearest",
        standardize=standardize,
        device=device,
        memory_format="contiguous" if timed else recipe.train.memory_format,
        threads=torch.get_num_threads(),
        backend=recipe.augment.backend or "auto",
    )


def make_batches(
    recipe: Recipe, splits: Splits, store: ImageStore, settings: RenderSettings
) -> KeyedBatches:
    """Return the training batches of a complete recipe."""
    return KeyedBatches(
        dataset=splits.train,
        store=store,
        policy=make_policy(recipe),
        settings=settings,
        batch_size=min(recipe.train.batch_size or 1, len(splits.train)),
        seed=recipe.seed,
        mixing=(
            make_mixing(recipe, make_task(recipe, splits))
            if recipe.augment.mix
            else None
        ),
        epochs=recipe.train.epochs,
        balanced=recipe.data.sampling == "balanced",
    )
