"""Fill in what a recipe leaves open, from the data and the device.

Each rule is a function of the stats and of what is settled; numbers are in `records/`.
"""

from typing import Any

from trainwell.core.image_size import height_and_width
from trainwell.core.techniques import section_names
from trainwell.recipes._choose_network import MANY, SMALL, network
from trainwell.recipes._choose_optimizer import gradients, optimizer
from trainwell.recipes._choose_start import start
from trainwell.recipes._data_stats import DataStats, summary_line
from trainwell.recipes._evaluation_interval import evaluation_interval
from trainwell.recipes._recipe import Recipe
from trainwell.recipes._vocabulary import (
    completed,
    full_batch,
)
from trainwell.tasks import losses_of

_UNKNOWN = 1_000  # epochs of a run whose length the clock decides
_IMAGES = 24 * 5_000  # passes shrink as data grows; this many images at 5,000


def choose(recipe: Recipe, stats: DataStats) -> tuple[Recipe, str]:
    """Return the recipe with nothing left open, and one line saying what and why.

    Example:
        >>> stats = DataStats(**dict.fromkeys(DataStats.__dataclass_fields__, 32))
        >>> choose(Recipe(), stats)[0].model.name
        'airbench'
    """
    recipe = start(recipe, stats)
    for section, rule in _RULES.items():
        filled = getattr(recipe, section).filled(rule(recipe, stats))
        recipe = recipe.model_copy(update={section: filled})
    names = section_names()
    written_out = {name: completed(name, getattr(recipe, name)) for name in names}
    recipe = recipe.model_copy(update=written_out)
    return recipe, summary_line(recipe, stats)


def _data(recipe: Recipe, stats: DataStats) -> dict[str, Any]:
    longest = max(stats.median_height, stats.median_width)
    if longest <= 16:
        size = max(9, longest * 3)  # so that the network can halve it a few times
    elif longest <= SMALL:
        size = longest
    elif stats.accelerator:
        size = min(224, _multiple(longest, 32))
    else:
        size = min(128, _multiple(longest, 32))
    channels = stats.channels if stats.channels in (1, 3) else None
    return {"image_size": size, "fit": "pad", "channels": channels}


def _loss(recipe: Recipe, stats: DataStats) -> dict[str, Any]:
    fitting = losses_of(stats.task_kind, recipe.model.head)
    name = recipe.loss.name or fitting[0]
    if name != "cross_entropy":
        return {"name": name}
    return {
        "name": name,
        "label_smoothing": 0.2 if recipe.model.name == "airbench" else 0.1,
        "class_weights": "none",  # others cost accuracy, however unequal the classes
    }


def _penalty(recipe: Recipe, stats: DataStats) -> dict[str, Any]:
    return {} if recipe.penalty.name is None else {"weight": 1e-5, "proximal": False}


def _schedule(recipe: Recipe, stats: DataStats) -> dict[str, Any]:
    if recipe.schedule.name is not None:
        return {"name": recipe.schedule.name}
    if full_batch(recipe.optimizer.name or ""):
        return {"name": "constant"}
    if recipe.optimizer.name == "muon":
        return {"name": "linear"}
    return {"name": "cosine", "warmup": 0.1}


def _augment(recipe: Recipe, stats: DataStats) -> dict[str, Any]:
    shorter = min(height_and_width(recipe.data.image_size or 0))
    small = max(stats.median_height, stats.median_width) <= SMALL
    if full_batch(recipe.optimizer.name or ""):
        return {"crop": recipe.augment.crop or "none", "flip": False}
    usual = {"alexnet": "short_side"}.get(recipe.augment.name or "")
    crop = recipe.augment.crop or usual or ("pad_crop" if small else "resized_crop")
    flip = stats.mirror if stats.mirror is not None else stats.channels == 3
    extra: dict[str, dict[str, Any]] = {
        "none": {},
        "short_side": {},
        "pad_crop": {"pixels": max(1, round(shorter / 16))},
        "resized_crop": {"min_area": 0.35 if stats.num_train >= MANY else 0.6},
    }
    border = "reflect" if small else "mean"
    if recipe.augment.mix is not None:
        extra[crop] |= {"alpha": 1.0 if recipe.augment.mix == "cutmix" else 0.2}
    return {
        "crop": crop,
        "flip": flip,
        "border": border,
        "interpolation": "nearest",
        "backend": "auto",
        **extra[crop],
    }


def _train(recipe: Recipe, stats: DataStats) -> dict[str, Any]:
    n = stats.num_train
    batch = min(250, max(16, n // 18), n)
    small = max(height_and_width(recipe.data.image_size or 0)) <= SMALL
    if n >= MANY and (small or stats.accelerator):
        batch = 500
    if full_batch(recipe.optimizer.name or ""):
        batch = n
    chosen: dict[str, Any] = {"batch_size": batch}
    chosen["select"] = stats.task_kind.selects(unequal=stats.unequal)
    if recipe.train.time is None:
        chosen["epochs"] = float(min(100, max(8, round((_IMAGES / n) ** 0.5 * 4.9))))
    epochs = recipe.train.epochs or chosen.get("epochs", _UNKNOWN)
    chosen["evaluate_every"] = evaluation_interval(epochs, n)
    return chosen


_RULES = {
    "data": _data,
    "preprocess": lambda recipe, stats: {"name": "channel_standardize"},
    "model": network,
    "loss": _loss,
    "penalty": _penalty,
    "gradients": gradients,
    "optimizer": optimizer,
    "schedule": _schedule,
    "augment": _augment,
    "train": _train,
}


def _multiple(value: int, of: int) -> int:
    return max(of, value // of * of)
