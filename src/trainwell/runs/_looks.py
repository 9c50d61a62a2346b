"""How training images look: what `trainwell show augment` draws.

The pixels are those of the batches that a training draws, brought back to levels.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from trainwell import data
from trainwell.augment import describe, move_points, ops, render_masks
from trainwell.augment.ops import Look
from trainwell.augment.policies import Draw
from trainwell.core import checks, keyed
from trainwell.core.device import pick_device
from trainwell.core.errors import RecipeError, RunError
from trainwell.data import Image, Splits, synthetic
from trainwell.infer import read_card
from trainwell.preprocess import Standardize
from trainwell.recipes import Recipe, choose, read_recipe, refuse_unused
from trainwell.runs._data import gather_facts, load_splits, short_side
from trainwell.runs._folder import RunFolder
from trainwell.runs._prepare import fit_colours, make_batches, make_view, spread_indices
from trainwell.runs._reporter import Quiet, Reporter
from trainwell.train import KeyedBatches

_STATISTICS = 200  # images for the colour of borders, where no run has it yet


@dataclass(frozen=True)
class Seen:
    """One image, and what is known about it.

    Attributes:
        image: Levels, height x width x channels.
        words: What it is, or what was done to it.
        points: Visible points in its pixels, (k, 2).
        mask: Its objects, height x width, 0 being background; None if not known.
    """

    image: Image
    words: tuple[str, ...]
    points: npt.NDArray[np.float64]
    mask: npt.NDArray[np.uint8] | None


def look_ahead(  # noqa: PLR0913
    source: str | Path,
    *overrides: str,
    images: int = 4,
    draws: int = 6,
    epoch: int = 0,
    seed: int | None = None,
    reporter: Reporter | None = None,
) -> list[list[Seen]]:
    """Return some training images, each followed by its looks in several epochs.

    Args:
        source: As for `train`.
        *overrides: `key=value` texts that a training would get.
        images: How many, spread evenly over the training images.
        draws: In how many epochs, from `epoch` on.
        epoch: The first.
        seed: Of the draws; the recipe's without it.
        reporter: Who sees progress; nobody without one.

    Raises:
        UserError: If the data or the recipe cannot be used.
    """
    given = [*overrides, *([] if seed is None else [f"seed={seed}"])]
    asked = read_recipe(None, given)
    refuse_unused(asked, resolved=False)
    splits = load_splits(source, asked, (reporter or Quiet()).progress)
    recipe, _ = choose(asked, gather_facts(splits, pick_device(asked.train.device)))
    refuse_unused(recipe)
    batches = _batches(recipe, splits, None)
    chosen = spread_indices(len(splits.train), images)
    epochs = range(epoch, epoch + draws)
    looks = [_looks(batches, source, chosen, e) for e in epochs]
    firsts = [_original(batches, source, int(i)) for i in chosen]
    return [[first, *rest] for first, *rest in zip(firsts, *looks, strict=True)]


def look_back(
    run: str | Path, sample: str, epoch: int = 0, reporter: Reporter | None = None
) -> list[list[Seen]]:
    """Return a training image, and how a run saw it in one of its epochs.

    Args:
        run: The folder.
        sample: Its number among the training images, or its name.
        epoch: Counted from 0.
        reporter: Who sees progress; nobody without one.

    Raises:
        UserError: If it is no run, its data has changed, or it did not see this sample
            then.
    """
    folder = RunFolder(Path(run))
    if not folder.recipe.exists() or not folder.origin.exists():
        raise RunError(f"{run} is not the folder of a run; `--sample` needs one.")
    recipe, origin = read_recipe(folder.recipe), folder.read_json(folder.origin)
    if recipe.train.epochs is not None and not epoch < recipe.train.epochs:
        raise RunError(
            f"{run} has {recipe.train.epochs:g} epochs, counted from 0; it has none "
            f"of number {epoch}."
        )
    source = origin["source"]
    splits = load_splits(source, recipe, (reporter or Quiet()).progress)
    if splits.train.fingerprint != origin["fingerprint"]:
        raise RunError(f"the training images of {run} have changed since ({source}).")
    batches = _batches(recipe, splits, _colours(folder, recipe))
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
    together = order[start : start + batches.batch_size]
    seen = _looks(batches, source, together, epoch)[within]
    return [[_original(batches, source, index), seen]]


def _colours(folder: RunFolder, recipe: Recipe) -> Standardize | None:
    if folder.card.exists() or recipe.model.pretrained:
        return read_card(folder.card).preprocessing.standardize
    return None


def _batches(
    recipe: Recipe, splits: Splits, colours: Standardize | None
) -> KeyedBatches:
    store = data.open_store(
        splits.train,
        short_side=short_side(recipe.data.image_size or 0),
        memory_limit=0,
        threads=1,
    )
    colours = colours or fit_colours(recipe, splits, store, _STATISTICS)
    view = make_view(recipe, colours, torch.device("cpu"))
    return make_batches(recipe, splits, store, view)


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
            f"`--sample` must be below {len(names)}, the number of training images, "
            f"or a name; got {sample}."
        )
    return int(sample)


def _looks(
    batches: KeyedBatches,
    source: str | Path,
    indices: npt.NDArray[np.int64],
    epoch: int,
) -> list[Seen]:
    """Return the batch of these samples, in words and levels."""
    pack, rows = batches.store.fetch(indices)
    heights, widths = pack.heights[rows], pack.widths[rows]
    keys = batches.dataset.keys[indices]
    look = batches.policy(
        Draw(batches.seed, epoch, keys, heights, widths, batches.epochs)
    )
    whole = ops.fit(heights, widths, how=batches.view.fit)
    batch = batches.batch(indices, epoch)
    images = _levels(batch.images, batches.view.standardize)
    seen = []
    for i, index in enumerate(indices.tolist()):
        words = describe(look, i, whole=whole[i]) or ("unchanged",)
        if batches.mixing is not None:
            words += _shares(batch.targets[i], batches)
        points, mask = _moved(batches, source, index, look[i : i + 1])
        seen.append(Seen(images[i], words, points, mask))
    return seen


def _levels(images: torch.Tensor, how: Standardize) -> npt.NDArray[np.uint8]:
    """Undo the normalisation, which every level survives."""
    mean, std = (torch.tensor(t, dtype=torch.float64) for t in (how.mean, how.std))
    levels = 255 * (images.permute(0, 2, 3, 1).double() * std + mean)
    array: npt.NDArray[np.uint8] = levels.round().clamp(0, 255).byte().numpy()
    return array


def _shares(target: torch.Tensor, batches: KeyedBatches) -> tuple[str, ...]:
    classes = batches.dataset.classes
    mixed = [f"{p:.0%} {classes[c]}" for c, p in enumerate(target.tolist()) if p > 0]
    return (" + ".join(mixed),)


def _original(batches: KeyedBatches, source: str | Path, index: int) -> Seen:
    image, target = batches.dataset.sample(index)
    words = (batches.dataset.names[index], batches.dataset.classes[target])
    known = _labelled(batches, source, index)
    if known is None:
        return Seen(image, words, np.empty((0, 2)), None)
    return Seen(image, words, known.points[known.visible], known.mask)


def _moved(
    batches: KeyedBatches, source: str | Path, index: int, look: Look
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.uint8] | None]:
    """Return the visible points and the mask of one sample in its look."""
    known = _labelled(batches, source, index)
    if known is None:
        return np.empty((0, 2)), None
    size = batches.view.size
    masks = data.pack_images([known.mask[..., None]])
    points, visible = move_points(
        known.points[None],
        known.visible[None],
        look,
        masks.heights,
        masks.widths,
        size=size,
    )
    reflect = batches.view.border == "reflect"
    mask = render_masks(masks, np.array([0]), look, size=size, reflect=reflect)
    return points[0][visible[0]], mask[0]


def _labelled(
    batches: KeyedBatches, source: str | Path, index: int
) -> synthetic.Labelled | None:
    """Return all that is known about a drawn sample; None for others."""
    name = str(batches.dataset.names[index])
    number = re.search(r"\[(\d+)\]$", name)
    drawn = str(source).startswith(synthetic.PREFIX) and not name.startswith("extra/")
    if not drawn or number is None:
        return None
    return synthetic.named(str(source))[0].labelled(int(number[1]))
