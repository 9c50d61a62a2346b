"""One run, from a folder of images to a trained, evaluated, reported model.

read data -> choose -> prepare -> fit -> evaluate the best -> write -> report
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from trainwell.core.device import keep_freed_memory, num_cores, pick_device
from trainwell.recipes import read_recipe, refuse_unused
from trainwell.runs._console import Console
from trainwell.runs._data import Source, read_data
from trainwell.runs._folder import make_folder, open_folder
from trainwell.runs._members import train_members
from trainwell.runs._reporter import Reporter
from trainwell.runs._resume import recipe_to_resume
from trainwell.runs._train_one import Job, train_one
from trainwell.runs._warm_up import warm_up


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
    keep_freed_memory()
    name = source if isinstance(source, str | Path) else "arrays"
    folder = open_folder(out, str(name), resume=resume)
    asked = read_recipe(recipe, overrides)
    refuse_unused(asked, resolved=False)
    device = pick_device(asked.train.device)
    torch.set_num_threads(asked.train.threads or num_cores())
    if resume and folder.started:
        asked = recipe_to_resume(folder, asked)
        if folder.finished:
            reporter.say(f"{folder.path} is finished already.")
            return Run(folder.path, folder.read_json(folder.summary))
    splits, stores, resolved, sentence = read_data(source, asked, device, reporter)
    warm_up(reporter)
    origin = {
        "source": str(name),
        "fingerprint": splits.train.fingerprint,
        "chosen": sentence,
    }
    job = Job(splits, stores, device, origin, reporter)
    folder = make_folder(folder, out, str(name))
    with folder.locked():
        if resolved.ensemble.kind == "seeds":
            summary = train_members(resolved, job, folder)
        else:
            summary = train_one(resolved, job, folder)[1]
    return Run(folder.path, summary)
