"""Begin tuning: refuse what it has no use for, read the data, open the study."""

import hashlib
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch

from trainwell.core import checks
from trainwell.core.device import keep_freed_memory, num_cores, pick_device
from trainwell.core.errors import RecipeError, RunError
from trainwell.recipes import (
    Recipe,
    make_plateau,
    read_recipe,
    recipe_from,
    refuse_unused,
    search_space,
    searchable,
)
from trainwell.runs._clock import Clock
from trainwell.runs._data import Source, read_data
from trainwell.runs._folder import RunFolder
from trainwell.runs._reporter import Reporter
from trainwell.runs._warm_up import warm_up
from trainwell.runs.tuning._lab import Lab
from trainwell.runs.tuning._plan import Pace, measure_pace
from trainwell.runs.tuning._types import Tuning
from trainwell.runs.tuning.storage._database import driver_url
from trainwell.runs.tuning.storage._study import Store
from trainwell.training import StopOnSignal
from trainwell.tuning import PRUNERS, SAMPLERS

_NO_USE = {"train": ("time", "average", "patience"), "prune": ("name",)}
_FULL_BATCH = ("newton", "bfgs", "lbfgs")
_CALLED = {
    "fingerprint": "set of training images",
    "recipe": "recipe",
    "how": "budget, sampler, pruner or set of keys",
}


def ask(recipe: str | Path | None, overrides: tuple[str, ...], how: Tuning) -> Recipe:
    """Return the recipe that was asked for, or refuse it.

    Raises:
        UserError: If it holds what tuning would silently leave out.
    """
    checks.one_of("--sampler", how.sampler, (*SAMPLERS, "population"))
    checks.one_of("--pruner", how.pruner, PRUNERS)
    for key in how.keys:
        checks.one_of("--over", key, searchable())
    if how.storage is not None:
        driver_url(how.storage)
    asked = read_recipe(recipe, overrides)
    refuse_unused(asked, resolved=False)
    for section, fields in _NO_USE.items():
        for field in fields:
            if getattr(getattr(asked, section), field) is not None:
                raise RecipeError(
                    f"`{section}.{field}` has no use here; the trials are planned by "
                    "the budget. Leave it out, and give it to `trainwell train`."
                )
    if make_plateau(asked) or asked.optimizer.name in _FULL_BATCH:
        raise RecipeError(
            "tuning needs a rate that a schedule decides and batches of images; "
            "`schedule=reduce_on_plateau` and optimizers of the whole data have no "
            "use here."
        )
    return asked


def open_lab(
    source: Source, asked: Recipe, folder: RunFolder, clock: Clock, reporter: Reporter
) -> Lab:
    """Read the data and complete the recipe."""
    keep_freed_memory()
    device = pick_device(asked.train.device)
    torch.set_num_threads(asked.train.threads or num_cores())
    warm_up(reporter)
    splits, stores, recipe, _ = read_data(source, asked, device, reporter)
    stop = StopOnSignal()
    return Lab(recipe, splits, stores, device, reporter, stop, clock, folder.path)


def open_store(lab: Lab, asked: Recipe, how: Tuning) -> Store:
    """Open the study of this question, or the one that others have begun.

    Raises:
        RunError: If the folder holds the study of another question.
    """
    question = {
        "fingerprint": str(lab.splits.train.fingerprint),
        "recipe": asked.model_dump(mode="json"),
        "how": {k: v for k, v in asdict(how).items() if k != "storage"},
    }
    question = json.loads(json.dumps(question))
    if how.storage is None:
        store = Store(f"sqlite:///{lab.path / 'study.db'}", "tune")
    else:
        text = json.dumps(question, sort_keys=True).encode()
        word = hashlib.blake2b(text, digest_size=6).hexdigest()
        store = Store(how.storage, f"trainwell tune {word}")
    began = store.once("question", lambda: question)
    for key, value in question.items():
        if began[key] != value:
            raise RunError(
                f"{lab.path} was begun with another {_CALLED[key]}; tune again with "
                "another --out, or give what it was begun with."
            )
    return store


def settle(lab: Lab, store: Store, keys: tuple[str, ...]) -> tuple[Lab, Pace]:
    """Return the lab with one way of stepping for all workers, and how fast it is."""
    search_space(lab.recipe, keys)  # refuses what cannot be searched

    def make() -> Any:  # noqa: ANN401
        ready, pace = measure_pace(lab)
        return {"recipe": ready.recipe.model_dump(mode="json"), "pace": asdict(pace)}

    start = store.once("start", make)
    return replace(lab, recipe=recipe_from(start["recipe"])), Pace(**start["pace"])
