"""Open what a finished run was trained with, to judge other weights by it."""

from dataclasses import replace

from trainwell.infer import load_predictor
from trainwell.recipes import Recipe
from trainwell.runs._folder import RunFolder
from trainwell.runs._prepare import Prepared, prepare
from trainwell.runs._train_one import Job


def reopened(recipe: Recipe, job: Job) -> Prepared:
    """Return a prepared run to evaluate in; no step is timed for it."""
    fixed = {"precision": "float32", "memory_format": "contiguous"}
    train = recipe.train.model_copy(update=fixed)
    quick = recipe.model_copy(update={"train": train})
    return prepare(quick, job.splits, job.stores, job.device, job.reporter)


def loaded(ready: Prepared, run: RunFolder, *, allow_import: bool = True) -> Prepared:
    """Return the prepared run with the model of a finished one in it."""
    device = str(ready.batches.view.device)
    found = load_predictor(run.path, device=device, allow_import=allow_import)
    return replace(ready, model=found.model, card=found.card)
