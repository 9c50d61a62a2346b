"""The steps that build a training setup, each called once, in this order."""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt
from torch import nn

from trainwell import models
from trainwell.core.errors import RecipeError
from trainwell.infer import ModelCard, Preprocessing
from trainwell.models import data_initialised
from trainwell.recipes import (
    Recipe,
    apply_advice,
    early_head,
    freeze_blocks,
    initialise,
    make_edits,
    make_loss,
    transfer_blocks,
)
from trainwell.runs._batches import (
    STATISTICS,
    class_counts,
    fit_colors,
    make_batches,
    render_settings,
    spread_indices,
)
from trainwell.runs._reporter import Reporter
from trainwell.runs._session import Session
from trainwell.runs._stores import short_side
from trainwell.training import MEMORY_FORMATS, Batch, KeyedBatches, plain_batch
from trainwell.training import choose_step as time_steps
from trainwell.transfer import Block, measure_transfer

_CALIBRATION = 128  # images that data-dependent initialisers look at


@dataclass(frozen=True)
class Network:
    """A network on its device, with its metadata.

    Attributes:
        model: The network.
        card: What will be saved beside the weights.
        messages: What was changed to make weights fit, one line each.
    """

    model: nn.Module
    card: ModelCard
    messages: tuple[str, ...]


def build_network(session: Session, recipe: Recipe) -> Network:
    """Step 1: build the network with the recipe's modifications and its weights."""
    splits = session.splits
    created = _create(session, recipe)
    expected = created.preprocessing
    if expected is not None and recipe.preprocess.name == "channel_mean":
        raise RecipeError(
            f"`preprocess.name`=channel_mean changes nothing: the weights of "
            f"{recipe.model.name} come with their own statistics. Leave it out."
        )
    size = recipe.data.image_size or 0
    card = ModelCard(
        task="classification",
        classes=splits.classes,
        model=created.spec,
        preprocessing=Preprocessing(
            image_size=size,
            channels=splits.channels,
            short_side=short_side(size),
            fit=recipe.data.fit or "pad",
            border=recipe.augment.border or "mean",
            standardize=expected or fit_colors(recipe, splits, session.stores.train),
        ),
    )
    return Network(created.model.to(session.device), card, created.messages)


def build_batches(session: Session, recipe: Recipe, network: Network) -> KeyedBatches:
    """Step 2: build the augmented training batches."""
    standardize = network.card.preprocessing.standardize
    settings = render_settings(recipe, standardize, session.device)
    return make_batches(recipe, session.splits, session.stores.train, settings)


def apply_transfer(
    session: Session,
    recipe: Recipe,
    network: Network,
    batches: KeyedBatches,
    reporter: Reporter,
) -> tuple[Recipe, Network, tuple[Block, ...]]:
    """Step 3: measure what to keep of pretrained weights, if asked to, and freeze it.

    Returns:
        The recipe with `transfer=auto` settled, the network, and its blocks where
        some of them are treated differently.
    """
    if recipe.transfer.plan == "auto":

        def fetch(indices: npt.NDArray[np.int64]) -> Batch:
            return _plain(session, batches, indices)

        targets = session.splits.train.targets
        advice = measure_transfer(network.model, targets, fetch, reporter.progress)
        reporter.say(advice.text)
        recipe = apply_advice(recipe, advice)
        if recipe.transfer.cut is not None:
            created = _create(session, recipe)
            card = replace(network.card, model=created.spec)
            model = created.model.to(session.device)
            network = Network(model, card, created.messages)
    for message in network.messages:
        reporter.say(message)
    blocks = transfer_blocks(
        recipe,
        network.model,
        lambda: _plain(session, batches, np.arange(2)).images,
    )
    freeze_blocks(recipe, blocks)
    return recipe, network, tuple(blocks)


def initialize(
    session: Session, recipe: Recipe, network: Network, batches: KeyedBatches
) -> None:
    """Step 4: start the weights as the recipe says."""

    def some(count: int) -> Batch:
        indices = spread_indices(len(session.splits.train), count)
        return _plain(session, batches, indices)

    if (module := data_initialised(network.model)) is not None:
        batch = some(STATISTICS)
        module.init_from_data(batch.images, batch.targets)
    initialise(recipe, network.model, lambda: some(_CALIBRATION).images)


def choose_step(
    session: Session,
    recipe: Recipe,
    network: Network,
    batches: KeyedBatches,
    reporter: Reporter,
) -> tuple[Recipe, KeyedBatches, dict[str, float]]:
    """Step 5: settle precision and memory format, by timing where they are open.

    Returns:
        The recipe with both, the batches in that format, and images per second of
        every combination that was timed.
    """
    train, timings = recipe.train, {}
    if "auto" in (train.precision, train.memory_format):
        loss = make_loss(recipe, class_counts(session.splits), session.device)
        precisions = ("float32", "bfloat16")
        formats = tuple(MEMORY_FORMATS)
        best, timed = time_steps(
            network.model,
            next(batches.stream(0, 1)),
            loss,
            precisions=precisions if train.precision == "auto" else (train.precision,),
            memory_formats=(
                formats if train.memory_format == "auto" else (train.memory_format,)
            ),
        )
        timings = {
            f"{t.precision} {t.memory_format}": round(t.images_per_second, 1)
            for t in timed
        }
        first = timed[0]
        reporter.say(
            f"Steps in {best.precision} {best.memory_format}: "
            f"{best.images_per_second:,.0f} images/s, "
            f"{best.images_per_second / first.images_per_second:.1f}x "
            f"{first.precision} {first.memory_format}."
        )
        chosen = {"precision": best.precision, "memory_format": best.memory_format}
        train = train.model_copy(update=chosen)
        recipe = recipe.model_copy(update={"train": train})
    network.model.to(memory_format=MEMORY_FORMATS[train.memory_format])  # type: ignore[call-overload]
    settings = replace(batches.view, memory_format=train.memory_format)
    return recipe, replace(batches, view=settings), timings


def create_network(
    recipe: Recipe, *, num_classes: int, in_channels: int, image_size: int | None
) -> models.Created:
    """Build the network with the recipe's modifications and pretrained weights."""
    make = partial(
        models.create,
        recipe.model.name or "",
        num_classes=num_classes,
        in_channels=in_channels,
        image_size=image_size,
        pretrained=recipe.model.pretrained or None,
        arguments=recipe.model.arguments,
    )
    edits = make_edits(recipe)
    created = make(edits=edits)
    early = early_head(recipe, created.model, models.example(created.spec))
    return created if early is None else make(edits=(early, *edits))


def _create(session: Session, recipe: Recipe) -> models.Created:
    return create_network(
        recipe,
        num_classes=len(session.splits.classes),
        in_channels=session.splits.channels,
        image_size=recipe.data.image_size or 0,
    )


def _plain(
    session: Session, batches: KeyedBatches, indices: npt.NDArray[np.int64]
) -> Batch:
    """Return some training images, not augmented."""
    splits, stores = session.splits, session.stores
    return plain_batch(splits.train, stores.train, batches.view, indices)
