"""Train one network: prepare, fit, finish."""

from dataclasses import dataclass
from typing import Any

import torch

from trainwell.core.device import describe
from trainwell.core.errors import Interrupted, RunError
from trainwell.data import Splits
from trainwell.recipes import Recipe, write_recipe
from trainwell.runs._data import Stores
from trainwell.runs._finish import finish
from trainwell.runs._fit import run_fit
from trainwell.runs._folder import RunFolder
from trainwell.runs._policy_file import keep_policy
from trainwell.runs._prepare import Prepared, prepare
from trainwell.runs._reporter import Reporter


@dataclass(frozen=True)
class Job:
    """What all networks of a run are trained with.

    Attributes:
        splits: The images.
        stores: Their pixels.
        device: Where to train.
        origin: Where the data came from, for the run folder.
        reporter: Who is told how it goes.
    """

    splits: Splits
    stores: Stores
    device: torch.device
    origin: dict[str, str]
    reporter: Reporter


def train_one(
    recipe: Recipe, job: Job, folder: RunFolder
) -> tuple[Prepared, dict[str, Any]]:
    """Train to the end; return the run and its summary.

    Raises:
        Interrupted: If a signal ended it; its state is saved.
    """
    own = keep_policy(recipe, folder)
    ready = prepare(own, job.splits, job.stores, job.device, job.reporter)
    named = ready.recipe.model_copy(update={"augment": recipe.augment})
    begin(folder, named, job.origin)
    state = run_fit(ready, folder, job.reporter)
    if state.stop == "signal":
        raise Interrupted(folder.path, state.step, state.total_steps)
    return ready, finish(ready, state, folder, job.reporter)


def begin(folder: RunFolder, recipe: Recipe, origin: dict[str, str]) -> None:
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
