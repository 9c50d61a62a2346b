"""How training images look: what `trainwell show augment` draws.

The pixels are those of the batches that a training draws, brought back to levels.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from trainwell.augment import describe, ops
from trainwell.augment.policies import SamplingContext
from trainwell.data import Image, evenly_spaced_indices
from trainwell.preprocess import Standardize
from trainwell.recipes import Scope, make_task, read_named
from trainwell.runs._reporter import Quiet, Reporter
from trainwell.runs.preview._labels import labelled, moved
from trainwell.runs.session._open_session import open_session
from trainwell.runs.session._session import Session
from trainwell.runs.setup._batches import (
    fit_colors,
    make_batches,
    render_settings,
)
from trainwell.training import KeyedBatches

SCOPE = Scope(
    "trainwell show augment",
    {
        "data.memory_gb": "only the images that are drawn are decoded.",
        "data.sampling": "it draws some images of every class.",
    },
    only=(
        "seed",
        "task",
        "data",
        "augment",
        "train.epochs",
        "train.threads",
    ),
    reason="it draws training images and trains nothing.",
)
_STATISTICS = 200  # images for the colour of borders, where no run has it yet


@dataclass(frozen=True)
class PreviewImage:
    """One image, and what is known about it.

    Attributes:
        image: Levels, height x width x channels.
        captions: What it is, or what was done to it.
        points: Visible points in its pixels, (k, 2).
        mask: Its objects, height x width, 0 being background; None if not known.

    Example:
        >>> pixels = np.zeros((4, 4, 3), np.uint8)
        >>> PreviewImage(pixels, ("flip",), np.empty((0, 2)), None).captions
        ('flip',)
    """

    image: Image
    captions: tuple[str, ...]
    points: npt.NDArray[np.float64]
    mask: npt.NDArray[np.uint8] | None


def preview_augmentation(  # noqa: PLR0913
    source: str | Path,
    *overrides: str,
    images: int = 4,
    draws: int = 6,
    epoch: int = 0,
    seed: int | None = None,
    reporter: Reporter | None = None,
) -> list[list[PreviewImage]]:
    """Return some training images, each followed by its looks in several epochs.

    Args:
        source: As for `train`.
        *overrides: `key=value` texts that a training would get.
        images: How many, spread evenly over the training images.
        draws: In how many epochs, from `epoch` on.
        epoch: The first.
        seed: Of the draws; the recipe's without it.
        reporter: Shows progress; no progress is shown without one.

    Raises:
        UserError: If the data or the recipe cannot be used.

    Example:
        >>> rows = preview_augmentation(photos, "augment.cutout=0.5", images=2, draws=3)
        >>> len(rows), len(rows[0]), rows[0][1].captions[-1]
        (2, 4, 'cutout 0.5')
    """
    requested = read_named(None, {"seed": seed}, overrides)
    session = open_session(
        source,
        requested,
        SCOPE,
        reporter or Quiet(),
        decode="on demand",
        announce=False,
    )
    splits, store = session.splits, session.stores.train
    colors = fit_colors(session.recipe, splits, store, _STATISTICS)
    batches = batches_of(session, colors)
    chosen = evenly_spaced_indices(len(splits.train), images)
    epochs = range(epoch, epoch + draws)
    everyone = range(len(chosen))
    transformed = [
        transformed_images(batches, source, chosen, e, everyone) for e in epochs
    ]
    task = make_task(session.recipe, splits)
    captions = [task.caption(splits.train.targets[i]) for i in chosen]
    firsts = [
        original(batches, source, int(i), caption)
        for i, caption in zip(chosen, captions, strict=True)
    ]
    return [[first, *rest] for first, *rest in zip(firsts, *transformed, strict=True)]


def batches_of(session: Session, colors: Standardize) -> KeyedBatches:
    """Return the batches of a training with these statistics, on the CPU."""
    settings = render_settings(session.recipe, colors, torch.device("cpu"))
    task = make_task(session.recipe, session.splits)
    if task.located:
        settings = replace(settings, located=task)
    return make_batches(session.recipe, session.splits, session.stores.train, settings)


def transformed_images(
    batches: KeyedBatches,
    source: str | Path,
    indices: npt.NDArray[np.int64],
    epoch: int,
    wanted: Iterable[int],
) -> list[PreviewImage]:
    """Return the wanted images of a batch, transformed and described."""
    pack, rows = batches.store.fetch(indices)
    heights, widths = pack.heights[rows], pack.widths[rows]
    keys = batches.dataset.keys[indices]
    size = batches.settings.size
    context = SamplingContext(
        batches.seed, epoch, keys, heights, widths, batches.epochs, size
    )
    params = batches.policy(context)
    whole = ops.fit(heights, widths, mode=batches.settings.fit, size=size)
    batch = batches.batch(indices, epoch)
    images = _pixel_values(batch.images, batches.settings.standardize)
    shown = []
    for i in wanted:
        captions = describe(params, i, whole=whole[i]) or ("unchanged",)
        if batches.mixing is not None:
            captions += _mix_fractions(batch.targets[i], batches)
        points, mask = moved(batches, source, int(indices[i]), params[i : i + 1])
        shown.append(PreviewImage(images[i], captions, points, mask))
    return shown


def _pixel_values(images: torch.Tensor, colors: Standardize) -> npt.NDArray[np.uint8]:
    """Undo the normalisation, which every pixel value survives."""
    mean, std = (
        torch.tensor(t, dtype=torch.float64) for t in (colors.mean, colors.std)
    )
    levels = 255 * (images.permute(0, 2, 3, 1).double() * std + mean)
    array: npt.NDArray[np.uint8] = levels.round().clamp(0, 255).byte().numpy()
    return array


def _mix_fractions(target: torch.Tensor, batches: KeyedBatches) -> tuple[str, ...]:
    classes = batches.dataset.classes
    mixed = [f"{p:.0%} {classes[c]}" for c, p in enumerate(target.tolist()) if p > 0]
    return (" + ".join(mixed),)


def original(
    batches: KeyedBatches, source: str | Path, index: int, caption: str
) -> PreviewImage:
    """Return a sample as it is in the data, with its name and a caption."""
    image, target = batches.dataset.sample(index)
    captions = (batches.dataset.names[index], caption)
    if batches.settings.located is not None:
        points = target[~np.isnan(target).any(1)]
        return PreviewImage(image, captions, points, None)
    known = labelled(batches, source, index)
    if known is None:
        return PreviewImage(image, captions, np.empty((0, 2)), None)
    return PreviewImage(image, captions, known.points[known.visible], known.mask)
