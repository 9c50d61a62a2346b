"""From a recipe and data to everything that `fit` needs."""

import time
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from trainwell import models
from trainwell.data import ImageStore, Splits, evenly_spaced_indices
from trainwell.infer import ModelCard, Preprocessing
from trainwell.models import data_initialised
from trainwell.preprocess import Standardize
from trainwell.recipes import (
    Recipe,
    early_head,
    fit_statistics,
    initialise,
    make_edits,
    make_loss,
    make_mixing,
    make_policy,
)
from trainwell.runs._data import Stores, short_side
from trainwell.runs._reporter import Reporter
from trainwell.runs._settle import settle_step
from trainwell.runs._transfer import advise_on, follow
from trainwell.training import (
    MEMORY_FORMATS,
    Batch,
    KeyedBatches,
    View,
    plain_batch,
)

_CALIBRATION = 128  # images that data-dependent initialisers look at
_STATISTICS = 5_000  # images that statistics and data-dependent weights are taken from


@dataclass(frozen=True)
class Prepared:
    """A network with its batches and its card, ready to train.

    Attributes:
        recipe: With precision and memory format settled.
        model: On its device.
        batches: Augmented training batches.
        card: What will be saved beside the weights.
        timings: Images per second of each way of stepping that was tried.
        seconds: How long preparing took.
    """

    recipe: Recipe
    model: nn.Module
    batches: KeyedBatches
    splits: Splits
    stores: Stores
    card: ModelCard
    timings: dict[str, float]
    seconds: float


def prepare(
    recipe: Recipe,
    splits: Splits,
    stores: Stores,
    device: torch.device,
    reporter: Reporter,
) -> Prepared:
    """Build the network, fit the statistics, and choose how to step."""
    start = time.perf_counter()
    torch.manual_seed(recipe.seed)
    created = _create(recipe, splits)
    standardize = created.preprocessing or fit_colours(recipe, splits, stores.train)
    card = ModelCard(
        task="classification",
        classes=splits.classes,
        model=created.spec,
        preprocessing=Preprocessing(
            image_size=recipe.data.image_size or 0,
            channels=splits.channels,
            short_side=short_side(recipe.data.image_size or 0),
            fit=recipe.data.fit or "pad",
            border=recipe.augment.border or "mean",
            standardize=standardize,
        ),
    )
    view = make_view(recipe, standardize, device)
    batches = make_batches(recipe, splits, stores.train, view)
    model = created.model.to(device)

    if recipe.transfer.plan == "auto":

        def look(indices: npt.NDArray[np.int64]) -> Batch:
            return plain_batch(splits.train, stores.train, view, indices)

        advice = advise_on(model, splits.train.targets, look, reporter.progress)
        reporter.say(advice.text)
        recipe = follow(recipe, advice)
        if recipe.transfer.cut is not None:
            created = _create(recipe, splits)
            card, model = replace(card, model=created.spec), created.model.to(device)
    for message in created.messages:
        reporter.say(message)

    def some(count: int) -> Batch:
        indices = evenly_spaced_indices(len(splits.train), count)
        return plain_batch(splits.train, stores.train, view, indices)

    if (looking := data_initialised(model)) is not None:
        batch = some(_STATISTICS)
        looking.init_from_data(batch.images, batch.targets)
    initialise(recipe, model, lambda: some(_CALIBRATION).images)
    loss = make_loss(recipe, class_counts(splits), device)
    recipe, timings = settle_step(recipe, model, batches, loss, reporter)
    memory_format = MEMORY_FORMATS[recipe.train.memory_format]
    model = model.to(memory_format=memory_format)  # type: ignore[call-overload]
    view = replace(view, memory_format=recipe.train.memory_format)
    batches = replace(batches, view=view)
    spent = time.perf_counter() - start
    return Prepared(recipe, model, batches, splits, stores, card, timings, spent)


def _create(recipe: Recipe, splits: Splits) -> models.Created:
    """Build the network with the recipe's changes made."""
    make = partial(
        models.create,
        recipe.model.name or "",
        num_classes=len(splits.classes),
        in_channels=splits.channels,
        image_size=recipe.data.image_size or 0,
        pretrained=recipe.model.pretrained or None,
        arguments=recipe.model.arguments,
    )
    edits = make_edits(recipe)
    created = make(edits=edits)
    early = early_head(recipe, created.model, models.example(created.spec))
    return created if early is None else make(edits=(early, *edits))


def fit_colours(
    recipe: Recipe, splits: Splits, store: ImageStore, count: int = _STATISTICS
) -> Standardize:
    """Return the statistics of at most `count` training images."""
    pack, rows = store.fetch(evenly_spaced_indices(len(splits.train), count))
    images = (pack.image(int(row)) for row in rows)
    return fit_statistics(recipe, images, channels=splits.channels)


def make_view(recipe: Recipe, standardize: Standardize, device: torch.device) -> View:
    """Return how a complete recipe shows stored pixels."""
    return View(
        size=recipe.data.image_size or 0,
        fit=recipe.data.fit or "pad",
        border=recipe.augment.border or "mean",
        interpolation=recipe.augment.interpolation or "nearest",
        standardize=standardize,
        device=device,
        memory_format=(
            "contiguous"
            if recipe.train.memory_format == "auto"
            else recipe.train.memory_format
        ),
        threads=torch.get_num_threads(),
        backend=recipe.augment.backend or "auto",
    )


def make_batches(
    recipe: Recipe, splits: Splits, store: ImageStore, view: View
) -> KeyedBatches:
    """Return the training batches of a complete recipe."""
    return KeyedBatches(
        dataset=splits.train,
        store=store,
        policy=make_policy(recipe),
        view=view,
        batch_size=recipe.train.batch_size or 1,
        seed=recipe.seed,
        mixing=make_mixing(recipe, len(splits.classes)),
        epochs=recipe.train.epochs,
    )


def class_counts(splits: Splits) -> torch.Tensor:
    """Return the training images per class."""
    counts = np.bincount(splits.train.targets, minlength=len(splits.classes))
    return torch.from_numpy(counts)
