"""One run, from a folder of images to a trained, evaluated, reported model.

open the session -> build the setup -> fit -> evaluate the best -> write -> report
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trainwell.recipes import Scope, read_recipe
from trainwell.runs._compile_kernels import compile_kernels
from trainwell.runs._console import Console
from trainwell.runs._folder import make_folder, open_folder
from trainwell.runs._open_session import Source, open_session, source_name
from trainwell.runs._reporter import Reporter
from trainwell.runs._resume import recipe_to_resume
from trainwell.runs._train_ensemble import train_ensemble
from trainwell.runs._train_run import train_run

SCOPE = Scope("trainwell train")


@dataclass(frozen=True)
class Run:
    """A finished run.

    Attributes:
        path: Its folder.
        summary: What summary.json holds.
    """

    path: Path
    summary: dict[str, Any]

    @property
    def report(self) -> Path:
        """The page to look at."""
        return self.path / "report.html"


def train(
    source: Source,
    *overrides: str,
    recipe: str | Path | None = None,
    out: str | Path | None = None,
    resume: bool = False,
    reporter: Reporter | None = None,
) -> Run:
    """Train a network on labelled images.

    Args:
        source: A folder with a folder per class, a CSV or Parquet table, an NPZ or IDX
            file, the name of a built-in set, or arrays; see `data.load`.
        *overrides: `key=value` texts, such as "train.time=40s" or "optimizer.lr=0.05".
        recipe: Name of a preset or path of a recipe file; what it leaves open is
            chosen from the data.
        out: The run folder; a new one under runs/ by default.
        resume: Go on with the run in `out`, exactly; begin it if there is none.
        reporter: Who is told how it goes; by default people, at the terminal.

    Raises:
        UserError: If the data, the recipe or the folder cannot be used.
        DivergedError: If the loss is no longer finite.
        Interrupted: If Ctrl-C or SIGTERM ended the run; its state is saved.
    """
    reporter = reporter or Console()
    name = source_name(source)
    folder = open_folder(out, name, resume=resume)
    requested = read_recipe(recipe, overrides)
    if resume and folder.started:
        requested = recipe_to_resume(folder, requested)
        if folder.finished:
            reporter.say(f"{folder.path} is finished already.")
            return Run(folder.path, folder.read_json(folder.summary))
    session = open_session(source, requested, SCOPE, reporter)
    compile_kernels(reporter)
    folder = make_folder(folder, out, name)
    with folder.locked():
        if session.recipe.ensemble.kind == "seeds":
            summary = train_ensemble(session, folder)
        else:
            summary = train_run(session, session.recipe, folder)[1]
    return Run(folder.path, summary)
