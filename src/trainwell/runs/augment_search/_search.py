"""Search an augmentation policy on the user's own training images.

read data -> choose -> time a few steps -> plan -> search -> write the policy

Only training images are used; validation and test images are left for judging the
training that uses the policy.
"""

import math
from pathlib import Path

import torch

from trainwell.core import checks
from trainwell.core.device import keep_freed_memory, num_cores
from trainwell.core.errors import RecipeError
from trainwell.data import Splits
from trainwell.recipes import (
    Recipe,
    make_plateau,
    read_recipe,
    refuse_unused,
    seconds,
)
from trainwell.runs._clock import Clock
from trainwell.runs._console import Console
from trainwell.runs._data import Source, load_splits
from trainwell.runs._reporter import Reporter
from trainwell.runs._resume import recipe_to_resume
from trainwell.runs.augment_search._bench import Bench, open_bench
from trainwell.runs.augment_search._density_matching import search_density
from trainwell.runs.augment_search._files import (
    FoundPolicy,
    begin_search,
    search_folder,
    write_found,
)
from trainwell.runs.augment_search._plan import images_for, make_plan
from trainwell.runs.augment_search._population import search_population
from trainwell.runs.augment_search._timing import Pace, measure
from trainwell.runs.augment_search._types import Search
from trainwell.training import StopOnSignal
from trainwell.tuning import FastAutoAugment, PopulationAugment

Method = FastAutoAugment | PopulationAugment
METHODS: dict[str, Method] = {
    "fast_autoaugment": FastAutoAugment(),
    "pba": PopulationAugment(),
}
_IMAGES = 4000  # as many as both papers search on
_NO_USE = {
    "augment": ("name", "file"),
    "train": ("time", "average", "patience"),
    "prune": ("name",),
}


_WHY = "the search trains by a plan of its own. Leave it out."


def search_augment(  # noqa: PLR0913
    source: Source,
    *overrides: str,
    method: str | Method = "fast_autoaugment",
    budget: str | None = None,
    out: str | Path = "policy.yaml",
    resume: bool = False,
    reporter: Reporter | None = None,
) -> FoundPolicy:
    """Search a policy for labelled images and write it to a file.

    Args:
        source: As for `train`.
        *overrides: `key=value` texts: the recipe of the networks that are trained.
        method: `fast_autoaugment`, `pba`, or a value of `trainwell.tuning` that says
            how much is searched.
        budget: Wall time, such as 10m; without it as much as the method says.
        out: The file to write; the state of the search lies beside it, in a folder that
            ends in `.search`.
        resume: Go on with the search of `out`; begin it if there is none.
        reporter: Who is told how it goes; by default people, at the terminal.

    Raises:
        UserError: If the data, the recipe, the budget or the file cannot be used.
        Interrupted: If Ctrl-C or SIGTERM ended the search; its state is saved.
    """
    clock = Clock(math.inf if budget is None else seconds(budget, "--budget"))
    reporter = reporter or Console()
    how = _method(method)
    keep_freed_memory()
    folder = search_folder(Path(out), resume=resume)
    asked = read_recipe(None, overrides)
    _refuse(asked)
    if resume and folder.recipe.exists():
        asked = recipe_to_resume(folder, asked)
    torch.set_num_threads(asked.train.threads or num_cores())
    splits = load_splits(source, asked, reporter.progress)
    name = str(source) if isinstance(source, str | Path) else "arrays"
    if folder.recipe.exists():
        clock.keep_in(folder.path / "seconds.json")
        most = int(folder.read_json(folder.origin)["images"])
        bench, pace = measure(open_bench(splits, asked, most, reporter))
    else:
        bench, pace = _open(splits, asked, clock, how, reporter)
    plan = make_plan(bench, pace, clock, how)
    reporter.say(plan.words)
    origin = {
        "source": name,
        "fingerprint": splits.train.fingerprint,
        "method": repr(how),
        "images": len(bench),
        "judges": plan.judges,
    }
    stop = StopOnSignal()
    with folder.locked(), stop.listening():
        judges = begin_search(folder, bench.recipe, origin)
        clock.keep_in(folder.path / "seconds.json")
        search = Search(bench, pace, clock, folder, Path(out), reporter, stop)
        if isinstance(how, FastAutoAugment):
            result = search_density(search, how, judges)
        else:
            result = search_population(search, how, plan.rounds)
        return write_found(search, result, origin)


def _method(method: str | Method) -> Method:
    if not isinstance(method, str):
        return method
    checks.one_of("method", method, METHODS)
    return METHODS[method]


def _refuse(asked: Recipe) -> None:
    """Refuse what a search would silently leave out."""
    refuse_unused(asked, resolved=False)
    for section, fields in _NO_USE.items():
        for field in fields:
            if getattr(getattr(asked, section), field) is not None:
                raise RecipeError(f"`{section}.{field}` has no use here; {_WHY}")
    if make_plateau(asked):
        raise RecipeError(f"`schedule=reduce_on_plateau` has no use here; {_WHY}")


def _open(
    splits: Splits, asked: Recipe, clock: Clock, how: Method, reporter: Reporter
) -> tuple[Bench, Pace]:
    """Read the images to search on: fewer where the budget asks for it."""
    bench, pace = measure(open_bench(splits, asked, _IMAGES, reporter))
    images = images_for(bench, pace, clock, how)
    if images < len(bench):
        settled = {
            "precision": bench.recipe.train.precision,
            "memory_format": bench.recipe.train.memory_format,
        }
        train = asked.train.model_copy(update=settled)
        asked = asked.model_copy(update={"train": train})
        bench = open_bench(splits, asked, images, reporter)
    return bench, pace
