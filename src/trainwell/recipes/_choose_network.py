"""Choose the network of a run from random weights: as wide as its time allows.

A wide network that sees each image twice learns less than a narrow one that sees it ten
times; numbers are in `records/`.
"""

from typing import Any

from trainwell.core.image_size import height_and_width
from trainwell.recipes._data_stats import DataStats
from trainwell.recipes._duration import seconds
from trainwell.recipes._recipe import Recipe

SMALL = 64
"""Pixels up to which images are seen at their own size."""
MANY = 20_000
"""Images from which a larger network pays."""
_WIDE = [64, 256, 256]
_PER_CORE = 330  # images of 32 px per second that train the wide network
ENOUGH = 8
"""Epochs that the wide network needs."""


def network(recipe: Recipe, stats: DataStats) -> dict[str, Any]:
    """Return the fields of `model` for what is left open.

    Example:
        >>> facts = dict.fromkeys(DataStats.__dataclass_fields__, 32)
        >>> network(Recipe(), DataStats(**facts))
        {'name': 'airbench', 'arguments': {}}
    """
    sides = height_and_width(recipe.data.image_size or 0)
    if recipe.model.name is not None or stats.num_train < MANY:
        return {"name": "airbench", "arguments": {}}
    if max(sides) > SMALL:
        name = "resnet50" if stats.accelerator else "resnet18"
        return {"name": name, "arguments": {}}
    can_be_wide = min(sides) >= 2 ** (len(_WIDE) + 1)  # each block halves the image
    wide = can_be_wide and epochs_of_wide(recipe, stats) >= ENOUGH
    return {"name": "airbench", "arguments": {"widths": _WIDE} if wide else {}}


def used_cores(recipe: Recipe, stats: DataStats) -> int:
    """Return how many processor cores a run uses."""
    return min(stats.cores, recipe.train.threads or stats.cores)


def epochs_of_wide(recipe: Recipe, stats: DataStats) -> float:
    """Return the epochs of the wide network that the time allows, about."""
    if stats.accelerator or recipe.train.time is None:
        return float("inf")
    own = max(stats.median_height, stats.median_width)
    height, width = height_and_width(recipe.data.image_size or own)
    rate = _PER_CORE * used_cores(recipe, stats) * 32 * 32 / (height * width)
    return seconds(recipe.train.time) * rate / stats.num_train
