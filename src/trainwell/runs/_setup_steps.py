"""The steps that build a training setup, each called once, in this order."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from trainwell.data import evenly_spaced_indices
from trainwell.models import data_initialised
from trainwell.recipes import (
    Recipe,
    apply_advice,
    freeze_blocks,
    initialise,
    make_loss,
    transfer_blocks,
)
from trainwell.runs._batches import (
    STATISTICS,
    class_counts,
    make_batches,
    render_settings,
)
from trainwell.runs._network import Network, create_for
from trainwell.runs._reporter import Reporter
from trainwell.runs._session import Session
from trainwell.training import MEMORY_FORMATS, Batch, KeyedBatches, plain_batch
from trainwell.training import choose_step as time_steps
from trainwell.transfer import Block, measure_transfer

_CALIBRATION = 128  # images that data-dependent initialisers look at


def build_batches(session: Session, recipe: Recipe, network: Network) -> KeyedBatches:
    """Step 2: build the augmented training batches."""
    standardize = network.metadata.preprocessing.standardize
    settings = render_settings(recipe, standardize, session.device)
    batches = make_batches(recipe, session.splits, session.stores.train, settings)
    return replace(batches, policy=session.own.policy(batches.policy))


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
            created = create_for(session, recipe)
            metadata = replace(network.metadata, model=created.spec)
            model = created.model.to(session.device)
            network = Network(model, metadata, created.messages)
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
        indices = evenly_spaced_indices(len(session.splits.train), count)
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
        counts = class_counts(session.splits)
        loss = session.own.loss_fn(make_loss(recipe, counts, session.device))
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
    settings = replace(batches.settings, memory_format=train.memory_format)
    return recipe, replace(batches, settings=settings), timings


def _plain(
    session: Session, batches: KeyedBatches, indices: npt.NDArray[np.int64]
) -> Batch:
    """Return some training images, not augmented."""
    splits, stores = session.splits, session.stores
    return plain_batch(splits.train, stores.train, batches.settings, indices)
