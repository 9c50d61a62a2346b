"""Open a session: the one place where a command reads data.

refuse what has no use -> read the data -> choose what is open -> open the pixels
"""

from dataclasses import replace
from pathlib import Path

import torch

from trainwell import data
from trainwell.core.device import keep_freed_memory, num_cores, pick_device
from trainwell.core.start_time import start_time
from trainwell.infer import load_predictor
from trainwell.recipes import (
    Recipe,
    Scope,
    refuse_bad_plans,
    refuse_idle_splits,
    refuse_missing,
    refuse_out_of_scope,
    refuse_unused,
)
from trainwell.runs._reporter import Reporter
from trainwell.runs.session._load_splits import load_splits
from trainwell.runs.session._needs_classes import refuse_without_classes
from trainwell.runs.session._opened_data import OpenedData
from trainwell.runs.session._session import Session
from trainwell.runs.session._stores import Decode, open_stores
from trainwell.runs.setup._from_run import completed_from_run
from trainwell.runs.setup._own_parts import OwnParts

Source = data.SourceLike
_NOTHING_OWN = OwnParts()


def open_data(
    source: Source,
    requested: Recipe,
    scope: Scope,
    reporter: Reporter,
    own: OwnParts = _NOTHING_OWN,
) -> OpenedData:
    """Read the data, once the recipe is known to be of use."""
    began = start_time()
    refuse_unused(requested, resolved=False)
    refuse_out_of_scope(requested, scope)
    requested = completed_from_run(requested)
    refuse_missing(requested, own_model=own.model is not None)
    refuse_bad_plans(requested)
    if own.teacher is None and requested.distill.teacher is not None:
        load_predictor(requested.distill.teacher, allow_import=own.allow_import)
    device = prepare_process(requested)
    splits = load_splits(source, requested, reporter.progress)
    refuse_idle_splits(requested, splits)
    if requested.data.sampling == "balanced":
        refuse_without_classes(splits, "`data.sampling`=balanced", "Leave it out.")
    name = source_name(source)
    weights = scope.weights and own.model is None
    return OpenedData(name, splits, requested, device, reporter, own, weights, began)


def open_session(
    source: Source,
    requested: Recipe,
    scope: Scope,
    reporter: Reporter,
    *,
    decode: Decode = "ahead",
    announce: bool = True,
    own: OwnParts = _NOTHING_OWN,
) -> Session:
    """Read the data, complete the recipe for it, and open the pixels.

    Args:
        source: As for `train`.
        requested: The recipe as it was given.
        scope: What the command uses of a recipe; the rest is refused.
        reporter: Shows messages and progress.
        decode: Whether images are decoded now or when they are fetched.
        announce: Show warnings about the data and what was chosen.
        own: Parts that are given as objects.

    Raises UserError if the recipe or the data cannot be used.
    """
    opened = open_data(source, requested, scope, reporter, own)
    return complete_session(opened, decode=decode, announce=announce)


def complete_session(
    opened: OpenedData,
    *,
    decode: Decode = "ahead",
    announce: bool = True,
    chosen: Recipe | None = None,
) -> Session:
    """Complete the recipe for the data, or take the one that was chosen before."""
    requested, reporter = opened.requested, opened.reporter
    if announce:
        for warning in opened.splits.audit.warnings:
            reporter.warn(warning)
    if chosen is None:
        recipe, summary, start = opened.completed()
    else:
        recipe, start = chosen, ""
        summary = "The recipe is the one that was chosen at the start."
    if announce:
        reporter.say(summary)
        if start:
            reporter.say(start)
        if requested.augment.flip and (mirrored := opened.stats.mirrored):
            reporter.warn(f"{mirrored}; augment.flip=true teaches wrong labels.")
    stores = open_stores(opened.splits, recipe, reporter.progress, decode)
    return opened.session(recipe, summary, stores)


def open_recut(source: Source, session: Session) -> Session:
    """Return the session with the data cut as its recipe says now."""
    reporter = session.reporter
    splits = load_splits(source, session.recipe, reporter.progress)
    stores = open_stores(splits, session.recipe, reporter.progress)
    return replace(session, splits=splits, stores=stores)


def prepare_process(recipe: Recipe) -> torch.device:
    """Set threads and memory as the recipe says; return the device."""
    keep_freed_memory()
    device = pick_device(recipe.train.device)
    torch.set_num_threads(recipe.train.threads or num_cores())
    return device


def source_name(source: Source) -> str:
    """Return how the data is named in files and messages."""
    return str(source) if isinstance(source, str | Path) else "arrays"
