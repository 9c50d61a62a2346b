"""How a run saw a training image: what `trainwell show augment RUN` draws."""

from pathlib import Path

import numpy as np

from trainwell.core import checks, keyed
from trainwell.core.errors import RecipeError, RunError
from trainwell.data import Splits
from trainwell.infer import read_metadata
from trainwell.recipes import make_task
from trainwell.runs._reporter import Quiet, Reporter
from trainwell.runs.folder._folder import RunFolder
from trainwell.runs.preview._samples import (
    PreviewImage,
    batches_of,
    original,
    transformed_images,
)
from trainwell.runs.session._reopen_session import reopen_session
from trainwell.runs.setup._batches import fit_colors


def preview_run(
    run: str | Path, sample: str, epoch: int = 0, reporter: Reporter | None = None
) -> list[list[PreviewImage]]:
    """Return a training image, and how a run saw it in one of its epochs.

    Args:
        run: The folder.
        sample: Its number among the training images, or its name.
        epoch: Counted from 0.
        reporter: Shows progress; no progress is shown without one.

    Raises:
        UserError: If it is no run, its data has changed, or it did not see this sample
            then.

    Example:
        >>> ((original, transformed),) = preview_run(run, "0", epoch=0)
        >>> original.image.shape
        (12, 12, 3)
    """
    folder = RunFolder(Path(run))
    if not folder.recipe.exists() or not folder.origin.exists():
        raise RunError(f"{run} is not the folder of a run; `sample` needs one.")
    session = reopen_session(folder, reporter or Quiet())
    recipe, splits, source = session.recipe, session.splits, session.source
    if recipe.train.epochs is not None and not epoch < recipe.train.epochs:
        raise RunError(
            f"{run} has {recipe.train.epochs:g} epochs, counted from 0; it has none "
            f"of number {epoch}."
        )
    if folder.metadata.exists() or recipe.model.pretrained:
        colors = read_metadata(folder.metadata).preprocessing.standardize
    else:
        colors = fit_colors(recipe, splits, session.stores.train)
    batches = batches_of(session, colors)
    if batches.learning is not None:
        raise RecipeError(
            f"{run} learned its augmentation while training (ctaugment); what it had "
            "learned by an earlier epoch is not kept."
        )
    index = _index(sample, splits)
    order = keyed.order(recipe.seed, epoch, splits.train.keys)
    place = int(np.flatnonzero(order == index)[0])
    step, within = divmod(place, batches.batch_size)
    if step >= batches.per_epoch:
        raise RunError(
            f"{run} left {splits.train.names[index]} out of epoch {epoch}: an epoch "
            "ends with its last full batch. Choose another epoch."
        )
    start = step * batches.batch_size
    batch_indices = order[start : start + batches.batch_size]
    transformed = transformed_images(batches, source, batch_indices, epoch, [within])
    caption = make_task(recipe, splits).caption(splits.train.targets[index])
    return [[original(batches, source, index, caption), *transformed]]


def _index(sample: str, splits: Splits) -> int:
    names = list(splits.train.names)
    if sample in names:
        return names.index(sample)
    if not sample.isdecimal():
        raise RunError(
            f"there is no training image {sample!r}."
            f"{checks.did_you_mean(sample, names)}"
        )
    if not int(sample) < len(names):
        raise RunError(
            f"`sample` must be below {len(names)}, the number of training images, "
            f"or a name; got {sample}."
        )
    return int(sample)
