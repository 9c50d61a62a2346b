"""The steps that build a training setup, each called once, in this order."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from trainwell.data import evenly_spaced_indices
from trainwell.models import data_initialised
from trainwell.recipes import (
    Recipe,
    initialise,
    make_loss,
)
from trainwell.runs._reporter import Reporter
from trainwell.runs.session._session import Session
from trainwell.runs.setup._batches import (
    STATISTICS,
    make_batches,
    render_settings,
)
from trainwell.runs.setup._change_lines import change_lines
from trainwell.runs.setup._network import Network
from trainwell.runs.setup._step_cache import Times, is_kept, step_key, times_kept
from trainwell.runs.setup._time_left import timing_fits
from trainwell.training import (
    MEMORY_FORMATS,
    PRECISIONS,
    Batch,
    KeyedBatches,
    Loss,
    fastest_step,
    plain_batch,
    timing_seconds,
)
from trainwell.training import choose_step as time_steps
from trainwell.transfer import Block, blocks, freeze_below

_CALIBRATION = 128  # images that data-dependent initialisers look at


def build_batches(session: Session, recipe: Recipe, network: Network) -> KeyedBatches:
    """Step 2: build the augmented training batches."""
    standardize = network.metadata.preprocessing.standardize
    task = network.metadata.task
    settings = replace(
        render_settings(recipe, standardize, session.device),
        located=task if task.located else None,
    )
    batches = make_batches(recipe, session.splits, session.stores.train, settings)
    if session.own.augment is None:
        return batches
    return replace(batches, policy=session.own.policy(batches.policy))


def apply_transfer(
    session: Session,
    recipe: Recipe,
    network: Network,
    batches: KeyedBatches,
    reporter: Reporter,
) -> tuple[Block, ...]:
    """Step 3: freeze what is to stay as it is.

    Returns:
        The blocks of the network where some of them are treated differently.
    """
    for message in change_lines(network.messages):
        reporter.say(message)
    transfer = recipe.transfer
    if (transfer.freeze, transfer.rate, transfer.unfreeze_every) == (None, None, None):
        return ()
    found = blocks(network.model, _plain(session, batches, np.arange(2)).images)
    freeze_below(found, transfer.freeze or 0.0)
    return tuple(found)


def initialize(
    session: Session, recipe: Recipe, network: Network, batches: KeyedBatches
) -> None:
    """Step 4: start the weights as the recipe says."""
    module = data_initialised(network.model)
    if module is None and recipe.init.name is None:
        return

    def some(count: int) -> Batch:
        indices = evenly_spaced_indices(len(session.splits.train), count)
        return _plain(session, batches, indices)

    if module is not None:
        batch = some(STATISTICS)
        module.init_from_data(batch.images, batch.targets)
    initialise(recipe, network.model, lambda: some(_CALIBRATION).images)


def build_loss(session: Session, recipe: Recipe, network: Network) -> Loss:
    """Return the recipe's loss, or the caller's own; one value per sample."""
    task, targets = network.metadata.task, session.splits.train.targets
    loss = make_loss(recipe, task, targets, session.device)
    return loss if session.own.loss is None else session.own.loss_fn(loss)


def choose_step(
    recipe: Recipe,
    network: Network,
    batches: KeyedBatches,
    loss_fn: Loss,
    reporter: Reporter,
    spent: float = 0.0,
) -> tuple[Recipe, KeyedBatches, dict[str, float]]:
    """Step 5: settle precision and memory format, by timing where they are open.

    Under a time limit of which little is left after the seconds `spent`, nothing is
    timed.

    Returns:
        The recipe with both, the batches in that format, and images per second of
        every combination that was timed.
    """
    train, timings = recipe.train, dict[str, float]()

    def settled(
        recipe: Recipe,
    ) -> tuple[Recipe, KeyedBatches, dict[str, float]]:
        memory_format = recipe.train.memory_format
        network.model.to(memory_format=MEMORY_FORMATS[memory_format])  # type: ignore[call-overload]
        settings = replace(batches.settings, memory_format=memory_format)
        return recipe, replace(batches, settings=settings), timings

    if "auto" in (train.precision, train.memory_format):
        batch = next(batches.stream(0, 1))
        precisions = _candidates(train.precision, PRECISIONS)
        formats = _candidates(train.memory_format, tuple(MEMORY_FORMATS))

        def measure() -> Times:
            return time_steps(
                network.model,
                batch,
                loss_fn,
                precisions=precisions,
                memory_formats=formats,
            )[1]

        key = step_key(
            network.model,
            batch=tuple(batch.images.shape),
            loss=recipe.loss,
            candidates=(precisions, formats),
            device=batch.images.device,
        )
        pairs = len(precisions) * len(formats)
        if train.time is not None and not is_kept(key):
            needed = pairs * timing_seconds(network.model, batch)
            if not timing_fits(train.time, spent, needed):
                return settled(plain_steps(recipe))
        timed, earlier = times_kept(key, measure)
        best = fastest_step(timed)
        timings = {
            f"{t.precision} {t.memory_format}": round(t.images_per_second, 1)
            for t in timed
        }
        first = timed[0]
        reporter.say(
            f"Steps in {best.precision} {best.memory_format}: "
            f"{best.images_per_second:,.0f} images/s, "
            f"{best.images_per_second / first.images_per_second:.1f}x "
            f"{first.precision} {first.memory_format}"
            f"{', timed in an earlier run' if earlier else ''}."
        )
        chosen = {"precision": best.precision, "memory_format": best.memory_format}
        train = train.model_copy(update=chosen)
        recipe = recipe.model_copy(update={"train": train})
    return settled(recipe)


def plain_steps(recipe: Recipe) -> Recipe:
    """Settle precision and memory format without timing, for a run without steps."""
    train, settled = recipe.train, {}
    if train.precision == "auto":
        settled["precision"] = "float32"
    if train.memory_format == "auto":
        settled["memory_format"] = "channels_last"
    return recipe.model_copy(update={"train": train.model_copy(update=settled)})


def _candidates(wanted: str | None, every: tuple[str, ...]) -> tuple[str, ...]:
    return every if wanted in (None, "auto") else (wanted,)


def _plain(
    session: Session, batches: KeyedBatches, indices: npt.NDArray[np.int64]
) -> Batch:
    """Return some training images, not augmented."""
    splits, stores = session.splits, session.stores
    return plain_batch(splits.train, stores.train, batches.settings, indices)
