"""The seven steps of choosing hyper-parameters, in order, on the user's data.

read data -> 1 initial loss -> 2 overfit a few batches -> 3 rate -> plan -> 4 coarse
-> 5 finer -> 6 curves -> 7 finer still -> repeats with other seeds -> winner in full
"""

import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

from trainwell.core.device import describe
from trainwell.recipes import seconds
from trainwell.report import TuneCase, write_tune_report
from trainwell.runs._clock import Clock
from trainwell.runs._console import Console
from trainwell.runs._data import Source
from trainwell.runs._folder import make_folder, open_folder
from trainwell.runs._reporter import Reporter
from trainwell.runs.tuning._open import ask, open_lab, open_store, settle
from trainwell.runs.tuning._search import search
from trainwell.runs.tuning._types import Story, Tuned, Tuning
from trainwell.runs.tuning._winner import recipe_precision, train_winner, write_winner


def tune(  # noqa: PLR0913
    source: Source,
    *overrides: str,
    how: Tuning | None = None,
    recipe: str | Path | None = None,
    out: str | Path | None = None,
    resume: bool = False,
    reporter: Reporter | None = None,
) -> Tuned:
    """Choose hyper-parameters by the seven steps, and train with them.

    Args:
        source: As for `train`.
        *overrides: `key=value` texts: the recipe that the search begins with.
        how: Budget, sampler, fields to search, and where the study is kept.
        recipe: As for `train`.
        out: The folder; a new one under runs/ by default.
        resume: Go on with what `out` holds; begin it if there is nothing.
        reporter: Who is told how it goes; by default people, at the terminal.

    Raises:
        UserError: If the data, the recipe, the budget or the folder cannot be used, or
            the network cannot learn a few batches by heart.
        Interrupted: If Ctrl-C or SIGTERM ended it; the study is saved.
    """
    reporter, how = reporter or Console(), how or Tuning()
    clock = Clock(seconds(how.budget, "--budget"))
    asked = ask(recipe, overrides, how)
    name = str(source) if isinstance(source, str | Path) else "arrays"
    stem = f"tune-{Path(name).stem}"
    folder = open_folder(out, stem, resume=resume)
    lab = open_lab(source, asked, folder, clock, reporter)
    folder = make_folder(folder, out, stem)
    lab = replace(lab, path=folder.path)
    winner = folder.path / "winner.yaml"
    with folder.locked():
        clock.keep_in(folder.path / "seconds.json")
        store = open_store(lab, asked, how)
        with store.open(), lab.stop.listening():
            lab, pace = settle(lab, store, how.keys)
            story = search(lab, store, pace, how)
            write_winner(winner, lab, story, name, recipe_precision(asked))
            summary = store.once(
                "winner", lambda: train_winner(source, winner, lab, story, reporter)
            )
            tried = tuple(store.rows.finished())
    command = _command(name, overrides, recipe, how)
    case = _case(name, command, story, clock, summary, winner)
    page = write_tune_report(case, tried, folder.path / "tune.html")
    return Tuned(folder.path, winner, page, Path(summary["run"]), story, tried, summary)


def _command(
    name: str, overrides: tuple[str, ...], recipe: str | Path | None, how: Tuning
) -> str:
    """Return what asks for the same again."""
    usual = Tuning()
    options = {
        "--sampler": (how.sampler, usual.sampler),
        "--pruner": (how.pruner, usual.pruner),
        "--over": (",".join(how.keys), ",".join(usual.keys)),
        "--recipe": (str(recipe), "None"),
    }
    words = ["trainwell", "tune", name, *overrides, "--budget", how.budget]
    for option, (value, default) in options.items():
        words += [option, value] if value != default else []
    return shlex.join(words)


def _case(
    source: str,
    command: str,
    story: Story,
    clock: Clock,
    summary: dict[str, Any],
    winner: Path,
) -> TuneCase:
    """Return what the page shows."""
    verdict = story.verdict
    return TuneCase(
        source=source,
        command=command,
        winner_file=str(winner),
        budget=clock.budget,
        seconds=clock.spent,
        said=tuple((s.number, s.title, s.passed, s.text) for s in story.said),
        plan=story.plan.words,
        initial=story.initial,
        overfit=story.overfit,
        rate=story.rate,
        space=story.space,
        coarse=story.coarse,
        refined=story.refined,
        reading=story.reading,
        repeats={name: verdict.scores(name) for name in verdict.points},
        points=verdict.points,
        gains=verdict.gains,
        winner=verdict.winner,
        summary=summary,
        environment=describe(),
    )
