"""One run, from a folder of images to a trained, evaluated, reported model.

open the session -> build the setup -> fit -> evaluate the best -> write -> report
"""

from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from torch import nn

from trainwell.augment.policies import Transform
from trainwell.core.arguments import checked
from trainwell.core.headline import headline, headline_name
from trainwell.recipes import (
    Override,
    RecipeLike,
    Scope,
    read_named,
    read_recipe,
    refuse_named_code,
)
from trainwell.runs._argument_rules import RULES
from trainwell.runs._compile_kernels import compile_kernels
from trainwell.runs._console import Console
from trainwell.runs._early_stop import early_stop
from trainwell.runs._given_run import RunLike
from trainwell.runs._reporter import Reporter
from trainwell.runs.folder._new_folder import make_folder, open_folder
from trainwell.runs.folder._saved_recipe import recipe_to_resume, with_kept_policy
from trainwell.runs.session._data_identity import refuse_other_data
from trainwell.runs.session._load_splits import load_splits
from trainwell.runs.session._open_session import (
    Source,
    open_session,
    source_name,
)
from trainwell.runs.setup._own_parts import OwnParts, own_parts
from trainwell.runs.training._train_ensemble import train_ensemble
from trainwell.runs.training._train_folds import needs_all_folds, train_folds
from trainwell.runs.training._train_run import train_run
from trainwell.training import Hook, Loss

SCOPE = Scope("trainwell train", weights=True)


@dataclass(frozen=True)
class Run:
    """A finished run.

    It is taken wherever the folder of a run is.

    Attributes:
        path: Its folder.
        summary: What summary.json holds.

    Example:
        >>> found = {"headline": "accuracy", "val_accuracy": 1.0, "test_accuracy": 0.9}
        >>> Run(run, found)
        Run('...', val_accuracy=1.0000, test_accuracy=0.9000)
    """

    path: Path
    summary: dict[str, Any]

    def __repr__(self) -> str:
        said = [repr(str(self.path))]
        for split in ("val", "test"):
            if (value := headline(self.summary, split)) is not None:
                said.append(f"{split}_{headline_name(self.summary)}={value:.4f}")
        return f"Run({', '.join(said)})"

    def __fspath__(self) -> str:
        return str(self.path)

    @property
    def report(self) -> Path:
        """The page to look at."""
        return self.path / "report.html"


@checked(RULES)
def train(  # noqa: PLR0913
    source: Source,
    *overrides: Override,
    recipe: RecipeLike | None = None,
    out: str | PathLike[str] | None = None,
    resume: bool = False,
    model: nn.Module | str | None = None,
    loss: Loss | str | None = None,
    augment: Transform | str | PathLike[str] | None = None,
    hooks: Sequence[Hook] = (),
    teacher: nn.Module | RunLike | None = None,
    allow_import: bool = False,
    reporter: Reporter | None = None,
) -> Run:
    """Train a network on labelled images.

    Args:
        source: A folder with a folder per class, a CSV or Parquet table, an NPZ or IDX
            file, the name of a built-in set, arrays, a torch Dataset, a DataFrame; see
            `data.load`.
        *overrides: `key=value` texts, such as "train.time=40s", or keys and values.
        recipe: A preset's name, a recipe file, a run to take it from, or keys and
            values, such as `{"optimizer.lr": 0.05}`; what it leaves open is chosen
            from the data.
        out: The run folder; a new one under runs/ by default.
        resume: Resume the run in `out`, exactly; begin it if there is none.
        model: A network of your own, which is trained in place, or the name of one.
        loss: A loss of your own: (outputs, targets) -> mean, or one value per sample;
            or the name of one.
        augment: A policy of your own, applied after the recipe's crop and flip; or the
            name of one, or its file.
        hooks: Further hooks, called after those of the recipe.
        teacher: A run, a predictor or a network whose answers are learned beside the
            targets, as `distill.teacher`; a network reads the images as the student.
        allow_import: Let a recipe file, or the run in `out`, name a network of your own
            code, which is run; one that you name yourself always may.
        reporter: Shows messages and progress; the terminal by default.

    Returns:
        The folder, its summary and its report.

    Raises:
        UserError: If the data, the recipe or the folder cannot be used; an
            ArgumentError, before the data are read, if an argument is of a wrong kind.
        DivergedError: If the loss is no longer finite.
        Interrupted: If Ctrl-C or SIGTERM ended the run; its state is saved.

    Example:
        >>> recipe = {"train.epochs": 1, "model": "softmax", "train.threads": 1}
        >>> run = tw.train(photos, recipe=recipe, reporter=Quiet())
        >>> run.summary["classes"]
        ['dark', 'light']
    """
    reporter = reporter or Console()
    name = source_name(source)
    with early_stop() as work:
        work.folder = folder = open_folder(out, name, resume=resume)
        own, names = own_parts(
            model, loss, augment, hooks, teacher, allow_import=allow_import
        )
        requested = read_named(recipe, names, overrides)
        if isinstance(recipe, str | PathLike):
            trusted = read_named(None, names, overrides).model.name
            refuse_named_code(
                requested, fspath(recipe), trusted, allow_import=allow_import
            )
        if own != OwnParts():
            requested = own.requested(requested)
        if resume and not folder.started:
            reporter.say(f"There is nothing to resume in {folder.path}; a run begins.")
        if resume and folder.started:
            saved = recipe_to_resume(
                folder, requested, allow_import=allow_import, longer=True
            )
            requested = with_kept_policy(saved, folder)
            if folder.finished and saved.train == read_recipe(folder.recipe).train:
                splits = load_splits(source, requested, reporter.progress)
                began = folder.read_origin()
                refuse_other_data(folder.path, began, splits, name)
                reporter.say(f"{folder.path} is finished already.")
                return Run(folder.path, folder.read_summary())
        session = open_session(source, requested, SCOPE, reporter, own=own)
        compile_kernels(reporter)
        work.folder = folder = make_folder(folder, out, name)
        with folder.locked(reporter.warn):
            if needs_all_folds(session.recipe):
                summary = train_folds(source, session, folder)
            elif session.recipe.ensemble.kind == "seeds":
                summary = train_ensemble(session, folder)
            else:
                summary = train_run(session, session.recipe, folder)[1]
        return Run(folder.path, summary)
