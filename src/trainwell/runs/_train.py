"""One run, from a folder of images to a trained, evaluated, reported model.

read data -> choose -> prepare -> fit -> evaluate the best -> write -> report
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from trainwell.core.device import describe, keep_freed_memory, num_cores, pick_device
from trainwell.core.errors import RunError
from trainwell.recipes import (
    Recipe,
    choose,
    read_recipe,
    refuse_unused,
    write_recipe,
)
from trainwell.runs._console import Console
from trainwell.runs._data import Source, gather_facts, load_splits, open_stores
from trainwell.runs._finish import finish
from trainwell.runs._fit import Interrupted, run_fit
from trainwell.runs._folder import RunFolder, open_folder
from trainwell.runs._policy_file import keep_policy
from trainwell.runs._prepare import prepare
from trainwell.runs._reporter import Reporter
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
    warm_up(reporter)
    splits = load_splits(source, asked, reporter.progress)
    for warning in splits.audit.warnings:
        reporter.warn(warning)
    resolved, sentence = choose(asked, gather_facts(splits, device))
    reporter.say(sentence)
    refuse_unused(resolved)
    stores = open_stores(splits, resolved, reporter)
    with folder.locked():
        own = keep_policy(resolved, folder)
        ready = prepare(own, splits, stores, device, reporter)
        origin = {
            "source": str(name),
            "fingerprint": splits.train.fingerprint,
            "chosen": sentence,
        }
        named = ready.recipe.model_copy(update={"augment": resolved.augment})
        _begin(folder, named, origin)
        state = run_fit(ready, folder, reporter)
        if state.stop == "signal":
            raise Interrupted(folder.path, state.step, state.total_steps)
        summary = finish(ready, state, folder, reporter)
    return Run(folder.path, summary)


def recipe_to_resume(folder: RunFolder, asked: Recipe) -> Recipe:
    """Return the saved recipe; what is asked for beside it must not contradict it."""
    saved = read_recipe(folder.recipe)
    for key in _given(asked):
        old, new = _at(saved, key), _at(asked, key)
        if old != new and key != "name":
            raise RunError(
                f"`{key}`={new} differs from the run's {old}; a resumed run keeps its "
                "recipe. Start another run in another folder."
            )
    return saved


def _given(recipe: Recipe) -> list[str]:
    keys = []
    for section in recipe.model_fields_set:
        value = getattr(recipe, section)
        fields = getattr(value, "model_fields_set", None)
        keys += [section] if fields is None else [f"{section}.{f}" for f in fields]
    return sorted(k for k in keys if _at(recipe, k) not in (None, "auto"))


def _at(recipe: Recipe, key: str) -> Any:  # noqa: ANN401
    value: Any = recipe
    for part in key.split("."):
        value = getattr(value, part)
    return value


def _begin(folder: RunFolder, recipe: Recipe, origin: dict[str, str]) -> None:
    """Write what the run starts from, or check it against what it started from."""
    if folder.started:
        began = folder.read_json(folder.origin)
        if began["fingerprint"] != origin["fingerprint"]:
            raise RunError(
                f"the training images of {origin['source']} are not those that "
                f"{folder.path} began with; restore them, or start another run."
            )
        return
    folder.write_json(folder.origin, origin)
    folder.write_json(folder.path / "environment.json", describe())
    folder.recipe.write_text(write_recipe(recipe))
