"""Combine finished runs: predictions averaged, or weights where that helps."""

from collections.abc import Collection, Iterable, Sequence
from os import PathLike
from typing import Any

import torch

from trainwell.core.arguments import checked
from trainwell.core.errors import RunError
from trainwell.recipes import read_recipe, refuse_named_code
from trainwell.runs._argument_rules import RULES
from trainwell.runs._console import Console
from trainwell.runs._given_run import RunLike
from trainwell.runs._make_ensemble import (
    compare_members,
    load_member,
    make_ensemble,
    make_soup,
)
from trainwell.runs._members import members_of
from trainwell.runs._reporter import Reporter
from trainwell.runs.folder._folder import RunFolder
from trainwell.runs.folder._new_folder import make_folder, open_folder
from trainwell.runs.session._data_identity import differing_split
from trainwell.runs.session._reopen_session import reopen_session
from trainwell.runs.session._session import Session
from trainwell.runs.setup._setup import TrainingSetup, float32_setup
from trainwell.runs.training._begin import begin
from trainwell.runs.training._finish import finish_ensemble
from trainwell.runs.training._train import Run
from trainwell.tasks import Task


@checked(RULES)
def ensemble(
    *runs: RunLike | Iterable[RunLike],
    out: str | PathLike[str] | None = None,
    soup: bool = False,
    epochs: str | Collection[int] | None = None,
    allow_import: bool = False,
    reporter: Reporter | None = None,
) -> Run:
    """Combine finished runs on the same training images into one model.

    Args:
        *runs: Two or more, or a list of them: their folders, or what `train` returned;
            trained on the same images, with the same classes and preprocessing.
        out: A new run folder, to be used like any other; one under runs/ by default.
        soup: Average the weights of the runs that help instead of predictions; for
            networks that were fine-tuned from the same weights.
        epochs: Epochs of one run with `train.keep=epochs` instead of several runs, such
            as "5-10" or [5, 7]; with `soup`, the weights of those that help.
        allow_import: See `load_predictor`.
        reporter: Shows messages and progress; the terminal by default.

    Raises:
        RunError: If one is not finished, or they do not fit each other.
        DataError: If the images are no longer there.

    Example:
        >>> import shutil
        >>> again = shutil.copytree(run, "again")
        >>> both = tw.ensemble([run, again], out="both", reporter=Quiet())
        >>> both.summary["ensemble"]["size"]
        2
    """
    reporter, named = reporter or Console(), members_of(runs, epochs)
    folders = list(dict.fromkeys(member.folder for member in named))
    target = open_folder(out, "ensemble", resume=False)
    for folder in folders:
        recipe = read_recipe(folder.recipe)
        refuse_named_code(recipe, folder.path, None, allow_import=allow_import)
    session = _open(folders, reporter)
    if not session.splits.held_out:
        raise RunError(
            f"{folders[0].path} has no validation images to compare the runs by; train "
            "them with a `data.val_share` above 0."
        )
    setup = float32_setup(session)
    members = [
        load_member(setup, m.folder, epoch=m.epoch, allow_import=allow_import)
        for m in named
    ]
    _refuse_misfits([member.folder for member in named], members)
    if len({(m.folder.path.resolve(), m.epoch) for m in named}) < len(named):
        raise RunError("a run is named twice; give runs that differ.")
    kind = "runs" if epochs is None else "epochs"
    about: dict[str, Any] = compare_members(members, "soup" if soup else kind)
    if soup:
        whole, about["ensemble"]["taken"] = make_soup(members)
    else:
        whole = make_ensemble(members)
    target = make_folder(target, out, "ensemble")
    with target.locked():
        begin(target, session.requested, session)
        best = named[about["ensemble"]["best_member"]].folder
        spent = [f.read_summary()["train_seconds"] for f in folders]
        about["train_seconds"] = round(sum(spent), 2)
        about["members"] = [member.name for member in named]
        summary = finish_ensemble(whole, best, target, about)
    return Run(target.path, summary)


def _open(folders: Sequence[RunFolder], reporter: Reporter) -> Session:
    """Open the images that all were trained on."""
    first, *others = (folder.read_origin() for folder in folders)
    for folder, other in zip(folders[1:], others, strict=True):
        different = differing_split(first, other)
        if different == "training":
            raise RunError(
                f"{folder.path} was trained on other images than {folders[0].path}; "
                "one's validation images may be the other's training images."
            )
        if different is not None:
            raise RunError(
                f"{folder.path} has other {different} images, or other labels, than "
                f"{folders[0].path}; their answers cannot be compared."
            )
    return reopen_session(folders[0], reporter, decode="ahead")


def _refuse_misfits(
    folders: Sequence[RunFolder], members: Sequence[TrainingSetup]
) -> None:
    first = members[0].metadata
    for folder, member in zip(folders, members, strict=True):
        for what in ("classes", "preprocessing"):
            if getattr(member.metadata, what) != getattr(first, what):
                raise RunError(
                    f"{folder.path} and {folders[0].path} differ in their {what}; "
                    "their answers cannot be averaged in one model."
                )
        if not same_meaning(member.metadata.task, first.task):
            raise RunError(
                f"the outputs of {folder.path} and {folders[0].path} do not mean the "
                "same: they were trained as other tasks, or in other units."
            )


def same_meaning(one: Task, other: Task) -> bool:
    """Tell whether two tasks read the same from outputs."""
    if type(one) is not type(other) or one.num_outputs != other.num_outputs:
        return False
    outputs = torch.linspace(-1, 1, 2 * one.num_outputs).reshape(2, -1)
    return torch.equal(one.predictions(outputs), other.predictions(outputs))
