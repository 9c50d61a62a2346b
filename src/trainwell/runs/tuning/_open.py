"""Begin tuning: refuse what it has no use for, read the data, open the study."""

import hashlib
import json
from dataclasses import asdict, replace
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from trainwell.core import checks
from trainwell.core.errors import RecipeError, RunError
from trainwell.data import Splits
from trainwell.recipes import (
    FIXED,
    FULL_BATCH,
    Override,
    Recipe,
    RecipeLike,
    Scope,
    read_recipe,
    recipe_from,
    refuse_named_code,
    refuse_out_of_scope,
    refuse_unused,
    search_space,
    searchable,
)
from trainwell.runs._clock import Clock
from trainwell.runs._compile_kernels import compile_kernels
from trainwell.runs._reporter import Reporter
from trainwell.runs.folder._folder import RunFolder
from trainwell.runs.session._data_identity import fingerprints
from trainwell.runs.session._data_stats import say_random_start
from trainwell.runs.session._open_session import (
    Source,
    complete_session,
    open_data,
)
from trainwell.runs.session._opened_data import OpenedData
from trainwell.runs.session._search_session import SearchSession
from trainwell.runs.tuning._plan import TimingEstimate, estimate_timing
from trainwell.runs.tuning._types import Start, TuneOptions
from trainwell.runs.tuning.storage._database import driver_url
from trainwell.runs.tuning.storage._restored import restored
from trainwell.runs.tuning.storage._study import Store
from trainwell.training import StopOnSignal
from trainwell.tuning import PRUNERS, SAMPLERS

_PLANNED = "the budget decides how long the trials are."
_ALONE = "trials are judged by a single network at the end of its training."
_BATCHES = "trials are trained on batches; this optimizer needs all images at once."
SCOPE = Scope(
    "trainwell tune",
    {
        "data.val_share=0.0": "it chooses by validation images.",
        **dict.fromkeys(("train.time", "train.patience"), _PLANNED),
        **dict.fromkeys(("train.average", "prune"), _ALONE),
        "distill": "its steps judge the loss of the targets.",
        "ensemble": _ALONE,
        "train.select=loss": "trials are scored by numbers that rise with quality.",
        "schedule.name=reduce_on_plateau": "the learning rates of a trial are planned.",
        **{f"optimizer.name={name}": _BATCHES for name in FULL_BATCH},
    },
)
_CALLED = {
    "fingerprint": "set of training images",
    "fingerprints": "set of validation or test images",
    "recipe": "recipe",
    "how": "budget, sampler, pruner or set of keys",
}


def read_request(
    recipe: RecipeLike | None,
    overrides: tuple[Override, ...],
    options: TuneOptions,
    *,
    allow_import: bool = False,
) -> Recipe:
    """Return the recipe that was asked for; `allow_import` as for `train`.

    Raises:
        UserError: If an option cannot be used, or the recipe has what tuning would
            leave out.
    """
    checks.one_of("sampler", options.sampler, (*SAMPLERS, "population"))
    checks.one_of("pruner", options.pruner, PRUNERS)
    for key in options.keys:
        checks.one_of("over", key, searchable())
    if options.sampler == "population" and "schedule.warmup" in options.keys:
        raise RecipeError(
            "`over`=schedule.warmup changes nothing with `sampler`=population, "
            "whose members train at a constant learning rate."
        )
    if options.sampler == "population" and (fixed := {*options.keys} & {*FIXED}):
        raise RecipeError(
            f"`over`={min(fixed)} cannot be searched with `sampler`=population, whose "
            "members change numbers while they train."
        )
    if options.storage is not None:
        driver_url(options.storage)
    requested = read_recipe(recipe, overrides)
    if isinstance(recipe, str | PathLike):
        named = read_recipe(None, overrides).model.name
        refuse_named_code(requested, fspath(recipe), named, allow_import=allow_import)
    refuse_unused(requested, resolved=False)
    refuse_out_of_scope(requested, SCOPE)
    return requested


def open_search(
    source: Source,
    requested: Recipe,
    folder: RunFolder,
    options: TuneOptions,
    clock: Clock,
    reporter: Reporter,
) -> SearchSession:
    """Read the data; complete the recipe, or take the one that the study began with."""
    compile_kernels(reporter)
    opened = open_data(source, requested, SCOPE, reporter)
    session = complete_session(opened, chosen=_chosen_before(opened, folder, options))
    say_random_start(opened.stats, requested, reporter)
    search = SearchSession(session, clock, StopOnSignal(), folder.path)
    search_space(search.recipe, options.keys, at=search.at)  # before a folder is made
    return search


def _chosen_before(
    opened: OpenedData, folder: RunFolder, options: TuneOptions
) -> Recipe | None:
    """Return the recipe that a study was begun with; None for a new one."""
    if options.storage is None and not (folder.path / "study.db").exists():
        return None
    question = _question(opened.splits, opened.requested, options)
    store = _store(folder.path, question, options)
    with store.open():
        start = store.noted("start")
    if start is None:
        return None
    recipe = recipe_from(restored(Start, start, "start").recipe)
    name = opened.requested.model.name
    refuse_named_code(recipe, folder.path, name, allow_import=False)
    return recipe


def open_store(search: SearchSession, requested: Recipe, options: TuneOptions) -> Store:
    """Open the study of this question, or the one that others have begun.

    Raises:
        RunError: If the folder holds the study of another question.
    """
    question = _question(search.session.splits, requested, options)
    store = _store(search.path, question, options)
    began = store.once("question", lambda: question)
    began = restored(dict[str, Any], began, "question")
    for key, value in question.items():
        if began.get(key, value) != value:  # earlier versions noted less
            raise RunError(
                f"{search.path} was begun with another {_CALLED[key]}; tune again with "
                "another `out` (`--out`), or give what it was begun with."
            )
    return store


def _question(
    splits: Splits, requested: Recipe, options: TuneOptions
) -> dict[str, Any]:
    """Return what a study is about, as JSON holds it."""
    question = {
        "fingerprint": str(splits.train.fingerprint),
        "fingerprints": fingerprints(splits),
        "recipe": requested.model_dump(mode="json"),
        "how": {k: v for k, v in asdict(options).items() if k != "storage"},
    }
    return dict(json.loads(json.dumps(question)))


def _store(folder: Path, question: dict[str, Any], options: TuneOptions) -> Store:
    if options.storage is None:
        return Store(f"sqlite:///{folder / 'study.db'}", "tune")
    text = json.dumps(question, sort_keys=True).encode()
    word = hashlib.blake2b(text, digest_size=6).hexdigest()
    return Store(options.storage, f"trainwell tune {word}")


def settle_step(
    search: SearchSession, store: Store
) -> tuple[SearchSession, TimingEstimate]:
    """Settle precision and memory format for all workers, and time the steps."""

    def make() -> Any:  # noqa: ANN401
        setup, timing = estimate_timing(search)
        return {"recipe": setup.recipe.model_dump(mode="json"), "pace": asdict(timing)}

    start = restored(Start, store.once("start", make), "start")
    recipe, name = recipe_from(start.recipe), search.recipe.model.name
    refuse_named_code(recipe, search.path, name, allow_import=False)
    session = replace(search.session, recipe=recipe)
    return replace(search, session=session), start.pace
