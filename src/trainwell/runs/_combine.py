"""Combine finished runs: answers averaged, or weights where that helps."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from trainwell.core.device import pick_device
from trainwell.core.errors import RunError
from trainwell.recipes import read_recipe
from trainwell.runs._assemble import brewed, compared, together
from trainwell.runs._console import Console
from trainwell.runs._data import load_splits, open_stores
from trainwell.runs._finish import conclude_together
from trainwell.runs._folder import RunFolder, open_folder
from trainwell.runs._prepare import Prepared
from trainwell.runs._reopen import loaded, reopened
from trainwell.runs._reporter import Reporter
from trainwell.runs._train import Run
from trainwell.runs._train_one import Job, begin


def combine_runs(
    runs: Sequence[str | Path],
    *,
    out: str | Path,
    soup: bool = False,
    allow_import: bool = False,
    reporter: Reporter | None = None,
) -> Run:
    """Let finished runs on the same training images answer together.

    Args:
        runs: Their folders, two or more; trained on the same images, with the same
            classes and preprocessing.
        out: A new run folder, to be used like any other.
        soup: Average weights, of those runs that help, instead of answers; for
            networks that were fine-tuned from the same weights.
        allow_import: See `load_predictor`.
        reporter: Who is told how it goes.

    Raises:
        RunError: If one is not finished, or they do not fit each other.
        DataError: If the images are no longer there.
    """
    reporter, folders = reporter or Console(), [RunFolder(Path(run)) for run in runs]
    if len(folders) < 2:
        raise RunError("give two runs or more.")
    for folder in folders:
        if not folder.finished:
            raise RunError(f"{folder.path} is not a finished run.")
    target = open_folder(out, "ensemble", resume=False)
    job = _job(folders, reporter)
    recipe = read_recipe(folders[0].recipe)
    ready = reopened(recipe, job)
    members = [loaded(ready, f, allow_import=allow_import) for f in folders]
    _refuse_misfits(folders, members)
    kind = "soup" if soup else "runs"
    words: dict[str, Any] = compared(members, kind)
    if soup:
        whole, words["ensemble"]["taken"] = brewed(members)
    else:
        whole = together(members)
    with target.locked():
        begin(target, recipe, job.origin)
        best = folders[words["ensemble"]["best_member"]]
        spent = [f.read_json(f.summary)["train_seconds"] for f in folders]
        words["train_seconds"] = round(sum(spent), 2)
        words["members"] = [str(folder.path) for folder in folders]
        summary = conclude_together(whole, best, target, words, reporter)
    return Run(target.path, summary)


def _job(folders: Sequence[RunFolder], reporter: Reporter) -> Job:
    """Open the images that all were trained on."""
    first, *others = (folder.read_json(folder.origin) for folder in folders)
    for folder, other in zip(folders[1:], others, strict=True):
        if other["fingerprint"] != first["fingerprint"]:
            raise RunError(
                f"{folder.path} was trained on other images than {folders[0].path}; "
                "one's validation images may be the other's training images."
            )
    recipe = read_recipe(folders[0].recipe)
    splits = load_splits(first["source"], recipe, reporter.progress)
    if splits.train.fingerprint != first["fingerprint"]:
        raise RunError(f"the training images of {first['source']} have changed.")
    stores = open_stores(splits, recipe, reporter)
    return Job(splits, stores, pick_device(recipe.train.device), first, reporter)


def _refuse_misfits(folders: Sequence[RunFolder], members: Sequence[Prepared]) -> None:
    first = members[0].card
    for folder, member in zip(folders, members, strict=True):
        for what in ("classes", "preprocessing"):
            if getattr(member.card, what) != getattr(first, what):
                raise RunError(
                    f"{folder.path} and {folders[0].path} differ in their {what}; "
                    "their answers cannot be averaged in one model."
                )
