"""The seven steps of choosing hyper-parameters, in order, on the user's data.

read data -> 1 initial loss -> 2 overfit a few batches -> 3 rate -> plan -> 4 coarse
-> 5 finer -> 6 curves -> 7 finer still -> repeats with other seeds -> winner in full
"""

import shlex
from collections.abc import Sequence
from dataclasses import replace
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from trainwell.core.arguments import checked
from trainwell.core.device import describe
from trainwell.recipes import (
    DEFAULT_KEYS,
    Override,
    RecipeLike,
    override_texts,
    seconds,
)
from trainwell.report import TuneCase, write_tune_report
from trainwell.runs._argument_rules import RULES
from trainwell.runs._clock import Clock
from trainwell.runs._console import Console
from trainwell.runs._early_stop import early_stop
from trainwell.runs._reporter import Reporter
from trainwell.runs.folder._new_folder import make_folder, open_folder
from trainwell.runs.session._open_session import Source, source_name
from trainwell.runs.session._search_session import SearchSession
from trainwell.runs.tuning._open import (
    open_search,
    open_store,
    read_request,
    settle_step,
)
from trainwell.runs.tuning._run_steps import run_steps
from trainwell.runs.tuning._types import StepFindings, TuneOptions, TuneResult
from trainwell.runs.tuning._winner import (
    train_winner,
    winner_summary,
    write_winner,
)


@checked(RULES)
def tune(  # noqa: PLR0913
    source: Source,
    *overrides: Override,
    budget: str = "30m",
    sampler: str = "random",
    pruner: str = "median",
    over: str | Sequence[str] = DEFAULT_KEYS,
    storage: str | None = None,
    recipe: RecipeLike | None = None,
    out: str | PathLike[str] | None = None,
    resume: bool = False,
    allow_import: bool = False,
    reporter: Reporter | None = None,
) -> TuneResult:
    """Choose hyper-parameters by the seven steps, and train with them.

    Args:
        source: The data, as for `train`.
        *overrides: `key=value` texts, or keys and values: the recipe that the search
            begins with.
        budget: Wall time of all steps together, such as 30m.
        sampler: `random`, `grid`, `tpe` or `population`.
        pruner: `none`, `halving` or `median`: which refining trials to stop early.
        over: The fields to search; as a text, separated by commas.
        storage: URL of a database that several processes share; a file by default.
        recipe: A preset, a recipe file, or keys and values, as for `train`.
        out: The folder; a new one under runs/ by default.
        resume: Resume the study in `out`; begin it if there is none.
        allow_import: As for `train`.
        reporter: Shows messages and progress; the terminal by default.

    Raises:
        UserError: If the data, the recipe, the budget or the folder cannot be used, or
            the network cannot overfit a few batches.
        Interrupted: If Ctrl-C or SIGTERM ended the search; the study is saved.

    Example:
        >>> found = tw.tune("photos/", budget="30m")  # doctest: +SKIP
        >>> found.recipe  # doctest: +SKIP
        PosixPath('runs/tune-photos-1/winner.yaml')
        >>> tw.tune(photos, budget="soon")
        Traceback (most recent call last):
        trainwell.core.errors.RecipeError: `budget` must be a time such as ...
    """
    reporter = reporter or Console()
    options = TuneOptions(budget, sampler, pruner, _keys(over), storage)
    clock = Clock(seconds(budget, "budget"))
    requested = read_request(recipe, overrides, options, allow_import=allow_import)
    name = source_name(source)
    stem = f"tune-{Path(name).stem}"
    with early_stop() as work:
        work.folder = folder = open_folder(out, stem, resume=resume)
        search = open_search(source, requested, folder, options, clock, reporter)
        work.folder = folder = make_folder(folder, out, stem)
        search = replace(search, path=folder.path)
        winner = folder.path / "winner.yaml"
        with folder.locked():
            clock.keep_in(folder.path / "seconds.json")
            store = open_store(search, requested, options)
            with store.open(), search.stop.listening():
                search, timing = settle_step(search, store)
                steps = run_steps(search, store, timing, options)
                write_winner(winner, search, steps, name, requested)
                trained = store.once(
                    "winner", lambda: train_winner(source, winner, search, steps)
                )
                summary = winner_summary(trained)
                trials = tuple(store.rows.finished())
    command = _command(name, overrides, recipe, options)
    case = _case(name, command, steps, search, summary, winner)
    page = write_tune_report(case, trials, folder.path / "tune.html")
    return TuneResult(
        folder.path, winner, page, Path(summary["run"]), steps, trials, summary
    )


def _keys(over: str | Sequence[str]) -> tuple[str, ...]:
    keys = over.split(",") if isinstance(over, str) else over
    return tuple(key.strip() for key in keys if key.strip())


def _command(
    name: str,
    overrides: tuple[Override, ...],
    recipe: RecipeLike | None,
    options: TuneOptions,
) -> str:
    """Return what asks for the same again."""
    file = "None"
    if isinstance(recipe, str | PathLike):
        file = fspath(recipe)
    elif recipe is not None:
        overrides = (recipe, *overrides)
    usual = TuneOptions()
    named = {
        "--sampler": (options.sampler, usual.sampler),
        "--pruner": (options.pruner, usual.pruner),
        "--over": (",".join(options.keys), ",".join(usual.keys)),
        "--recipe": (file, "None"),
    }
    words = override_texts(overrides)
    command = ["trainwell", "tune", name, *words, "--budget", options.budget]
    for option, (value, default) in named.items():
        command += [option, value] if value != default else []
    return shlex.join(command)


def _case(
    source: str,
    command: str,
    steps: StepFindings,
    search: SearchSession,
    summary: dict[str, Any],
    winner: Path,
) -> TuneCase:
    """Return what the page shows."""
    verdict = steps.verdict
    return TuneCase(
        source=source,
        command=command,
        winner_file=str(winner),
        budget=search.clock.budget,
        seconds=search.clock.spent,
        said=tuple((s.number, s.title, s.passed, s.text) for s in steps.reports),
        plan=steps.plan.description,
        initial=steps.initial,
        overfit=steps.overfit,
        rate=steps.rate,
        space=steps.space,
        coarse=steps.coarse,
        refined=steps.refined,
        reading=steps.reading,
        repeats={name: verdict.scores(name) for name in verdict.points},
        points=verdict.points,
        gains=verdict.gains,
        winner=verdict.winner,
        summary=summary,
        environment=describe(),
        scored_by=search.scored_by,
    )
