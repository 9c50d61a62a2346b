"""The winner: its recipe in a file, and its training in full."""

from pathlib import Path
from typing import Any

from trainwell.core.errors import Interrupted
from trainwell.core.files import write_atomically
from trainwell.recipes import Recipe, write_recipe
from trainwell.report import Summary
from trainwell.runs.folder._folder import RunFolder
from trainwell.runs.session._open_session import Source
from trainwell.runs.session._search_session import SearchSession
from trainwell.runs.training._train import train
from trainwell.runs.tuning._types import StepFindings
from trainwell.runs.tuning.storage._restored import restored
from trainwell.tuning import Point


def write_winner(
    path: Path,
    search: SearchSession,
    steps: StepFindings,
    source: str,
    requested: Recipe,
) -> None:
    """Write the recipe that won, with a line on how it was found.

    Args:
        path: The file.
        search: Its recipe is the default.
        steps: What was found.
        source: The data as it was named.
        requested: The recipe as it was given: precision and memory format are written
            as in it, for other machines differ.
    """
    verdict = steps.verdict
    recipe = winner_recipe(search, verdict.points[verdict.winner], requested)
    lines = (
        f"The {verdict.winner} of `trainwell tune` on {source}.",
        verdict.report.text,
    )
    head = "".join(f"# {' '.join(line.split())}\n" for line in lines)
    write_atomically(path, (head + write_recipe(recipe)).encode())


def winner_recipe(search: SearchSession, point: Point, requested: Recipe) -> Recipe:
    """Return the search's recipe at a point, with precision as it was requested."""
    recipe = search.at(point)
    train = recipe.train.model_copy(
        update={
            "precision": requested.train.precision,
            "memory_format": requested.train.memory_format,
        }
    )
    return recipe.model_copy(update={"train": train})


def train_winner(
    source: Source, path: Path, search: SearchSession, steps: StepFindings
) -> dict[str, Any]:
    """Train with the recipe of a file; return the summary and the folder of the run.

    Raises:
        Interrupted: If Ctrl-C or SIGTERM came; the run is saved.
    """
    reporter = search.reporter
    full, planned = search.recipe.train.epochs or 1.0, steps.plan.final_epochs
    shorter = () if planned >= full else (f"train.epochs={planned}",)
    if shorter:
        reporter.say(
            f"The budget allows {planned:.3g} of its {full:.3g} epochs; the recipe "
            "file has all of them."
        )
    folder = RunFolder(search.path / "run")
    try:
        run = train(
            source,
            *shorter,
            recipe=path,
            out=folder.path,
            resume=folder.begun,
            allow_import=True,  # it was named, or allowed, when the search began
            reporter=reporter,
        )
    except Interrupted:
        done = len(steps.reports)
        raise Interrupted(search.path, done, done, "tuning step") from None
    return {**run.summary, "run": str(run.path.resolve())}


def winner_summary(kept: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the summary of the winner's run that a study keeps.

    Raises:
        RunError: If it is none.
    """
    summary = restored(dict[str, Any], kept, "summary of the winner")
    restored(Summary, summary, "summary of the winner")
    restored(str, summary.get("run"), "run of the winner")
    return summary
