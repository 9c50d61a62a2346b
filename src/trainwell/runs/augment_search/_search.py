"""Search an augmentation policy on the user's own training images.

read data -> choose -> time a few steps -> plan -> search -> write the policy

Only training images are used; validation and test images are left for judging the
training that uses the policy.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from os import PathLike
from pathlib import Path

from trainwell.core.arguments import Rule, checked, is_a
from trainwell.data import stratified_indices
from trainwell.recipes import (
    Override,
    Scope,
    read_recipe,
    refuse_out_of_scope,
    seconds,
)
from trainwell.runs._argument_rules import RULES
from trainwell.runs._clock import Clock
from trainwell.runs._console import Console
from trainwell.runs._early_stop import early_stop
from trainwell.runs._reporter import Reporter
from trainwell.runs.augment_search._density_matching import search_density
from trainwell.runs.augment_search._files import (
    FoundPolicy,
    begin_search,
    read_origin,
    search_folder,
    write_found,
)
from trainwell.runs.augment_search._methods import METHODS, Method, method_of
from trainwell.runs.augment_search._plan import images_for, make_plan
from trainwell.runs.augment_search._population import search_population
from trainwell.runs.augment_search._timing import TimingEstimate, estimate_timing
from trainwell.runs.augment_search._types import PolicySearch
from trainwell.runs.folder._saved_recipe import recipe_to_resume
from trainwell.runs.session._needs_classes import refuse_without_classes
from trainwell.runs.session._open_session import Source, open_data
from trainwell.runs.session._opened_data import OpenedData
from trainwell.runs.session._session import Session
from trainwell.training import StopOnSignal
from trainwell.tuning import FastAutoAugment, PopulationAugment

_IMAGES = 4000  # as many as both papers search on
_PLAN = "the search trains by a plan of its own."
_ONE = "its networks are scored one by one."
_SOUGHT = "a policy is what it searches."
_UNUSED = {
    "model.head": "it judges classes, not points.",
    "transfer.looks": "it judges classes, not points.",
    "augment.name": _SOUGHT,
    "augment.file": _SOUGHT,
    "augment.operations": _SOUGHT,
    "data.bits": "policies change tones, which have 8 bits.",
    "train.time": _PLAN,
    "train.average": _ONE,
    "train.keep": _ONE,
    "train.calibrate": _ONE,
    "train.patience": _PLAN,
    "train.evaluate_every": _PLAN,
    "train.select": "candidates are scored by a rule of the method.",
    "schedule.name=reduce_on_plateau": _PLAN,
    "prune": _ONE,
    "distill": "policies are scored by losses of the targets.",
    "ensemble": _ONE,
}
_RULES = {
    **RULES,
    "method": Rule(
        f"one of {', '.join(METHODS)}, or a value such as tw.tuning.FastAutoAugment()",
        is_a(str, FastAutoAugment, PopulationAugment),
    ),
}
SCOPE = Scope("trainwell search augment", _UNUSED, own_policy=True)
PBA_SCOPE = Scope(
    "trainwell search augment --method pba",
    {**_UNUSED, "train.checkpoint_seconds": "it saves its state after every round."},
    own_policy=True,
)


@checked(_RULES)
def search_augment(  # noqa: PLR0913
    source: Source,
    *overrides: Override,
    method: str | Method = "fast_autoaugment",
    ops: str | Sequence[str] | None = None,
    budget: str | None = None,
    out: str | PathLike[str] = "policy.yaml",
    resume: bool = False,
    allow_import: bool = False,
    reporter: Reporter | None = None,
) -> FoundPolicy:
    """Search a policy for labelled images and write it to a file.

    Args:
        source: As for `train`.
        *overrides: `key=value` texts, or keys and values: the recipe of the networks
            that are trained.
        method: `fast_autoaugment`, `pba`, or a value of `trainwell.tuning` that says
            how much is searched.
        ops: Names of the operations to choose from, of those that `augment.operations`
            takes; a text separates them by commas. By default those of the papers.
        budget: Wall time, such as 10m; without it as much as the method says.
        out: The file to write; the state of the search lies beside it, in a folder that
            ends in `.search`.
        resume: Resume the search of `out`; begin it if there is none.
        allow_import: As for `train`.
        reporter: Shows messages and progress; the terminal by default.

    Raises:
        UserError: If the data, the recipe, the budget or the file cannot be used.
        Interrupted: If Ctrl-C or SIGTERM ended the search; its state is saved.

    Example:
        >>> found = tw.search_augment("photos/", budget="10m")  # doctest: +SKIP
        >>> found.path  # doctest: +SKIP
        PosixPath('policy.yaml')
        >>> tw.search_augment(photos, budget="soon")
        Traceback (most recent call last):
        trainwell.core.errors.RecipeError: `budget` must be a time such as ...
    """
    clock = Clock(math.inf if budget is None else seconds(budget, "budget"))
    reporter = reporter or Console()
    options = method_of(method, ops)
    folder = search_folder(Path(out), resume=resume)
    with early_stop() as work:
        work.folder, work.out = folder, Path(out)
        requested = read_recipe(None, overrides)
        scope = PBA_SCOPE if isinstance(options, PopulationAugment) else SCOPE
        if resume and folder.recipe.exists():
            refuse_out_of_scope(requested, scope)
            requested = recipe_to_resume(folder, requested, allow_import=allow_import)
            scope = Scope(scope.command)
        opened = open_data(source, requested, scope, reporter)
        refuse_without_classes(opened.splits, "`search augment`")
        if folder.recipe.exists():
            clock.keep_in(folder.path / "seconds.json")
            num_images = read_origin(folder)["images"]
            session, timing = estimate_timing(_some(opened, num_images))
        else:
            session, timing = _affordable(opened, clock, options)
        plan = make_plan(session, timing, clock, options)
        reporter.say(plan.description)
        origin = {
            "source": opened.source,
            "fingerprint": opened.splits.train.fingerprint,
            "method": repr(options),
            "images": len(session.splits.train),
            "judges": plan.num_held_out,
        }
        stop = StopOnSignal()
        with folder.locked(), stop.listening():
            num_held_out = begin_search(folder, session.recipe, origin)
            clock.keep_in(folder.path / "seconds.json")
            search = PolicySearch(
                session=session,
                clock=clock,
                stop=stop,
                path=Path(out),
                timing=timing,
                folder=folder,
                out=Path(out),
            )
            if isinstance(options, FastAutoAugment):
                result = search_density(search, options, num_held_out)
            else:
                result = search_population(search, options, plan.rounds)
            return write_found(search, result, origin)


def _some(opened: OpenedData, count: int) -> Session:
    """Return the session on at most `count` training images, decoded."""
    train, seed = opened.splits.train, opened.requested.seed
    return opened.training_session(stratified_indices(train, count, seed=seed))


def _affordable(
    opened: OpenedData, clock: Clock, options: Method
) -> tuple[Session, TimingEstimate]:
    """Open the images to search on: fewer where the budget asks for it."""
    session, timing = estimate_timing(_some(opened, _IMAGES))
    images = images_for(session, timing, clock, options)
    if images < len(session.splits.train):
        settled = {
            "precision": session.recipe.train.precision,
            "memory_format": session.recipe.train.memory_format,
        }
        train = opened.requested.train.model_copy(update=settled)
        requested = opened.requested.model_copy(update={"train": train})
        session = _some(replace(opened, requested=requested), images)
    return session, timing
