"""Start from published weights where that is known to win; numbers are in `records/`.

                colour                                    grey
above 64 px     published weights                         published weights
24 to 64 px     published weights below 20,000 images,    random weights
                or in too little time for a wide network
below 24 px     random weights                            random weights
"""

from typing import Any

from trainwell.recipes._choose_network import (
    ENOUGH,
    MANY,
    SMALL,
    epochs_of_wide,
)
from trainwell.recipes._choose_size import SMALLEST, image_size, passes
from trainwell.recipes._data_stats import DataStats
from trainwell.recipes._recipe import Recipe
from trainwell.recipes._transfer import has_maps

NETWORK = "efficientnet_lite0"
"""The network whose weights come with the package."""
_SMALLEST = 24  # pixels of the longer side
_BATCH, _EPOCHS = 32, 3.0
_OTHERS = ("activation", "norm", "init", "noise", "preprocess")
_OF_MAPS = {"rate": 0.1}  # nothing is solved for: the head is more than a linear map
_OPEN: dict[str, dict[str, Any]] = {
    "transfer": {"solve": True},
    "optimizer": {"name": "adamw", "lr": 1e-4},
    "loss": {"label_smoothing": 0.1},
}


def start(recipe: Recipe, stats: DataStats) -> Recipe:
    """Return the recipe with published weights, if that is how to start.

    `transfer=auto` is written out, too; a cut network has one depth to read.

    Example:
        >>> facts = dict.fromkeys(DataStats.__dataclass_fields__, 3) | {
        ...     "median_height": 300, "median_width": 400, "num_train": 500,
        ...     "weights": True}
        >>> start(Recipe(), DataStats(**facts)).model.name
        'efficientnet_lite0'
    """
    if from_weights(recipe, stats):
        model = {"name": NETWORK, "pretrained": True}
        recipe = _with(recipe, "model", model)
        recipe = _with(recipe, "transfer", {"plan": "auto"})
        recipe = _with(recipe, "data", {"image_size": image_size(recipe, stats)})
    if recipe.transfer.plan == "auto" and has_maps(recipe):
        transfer = recipe.transfer.model_copy(update={"plan": None})
        recipe = recipe.model_copy(update={"transfer": transfer})
        recipe = _with(recipe, "transfer", _OF_MAPS)
    elif recipe.transfer.plan == "auto":
        kind = stats.task_kind
        settled: dict[str, Any] = {
            "plan": None,
            "depths": None if recipe.transfer.cut else kind.depths,
        }
        if kind.located and recipe.transfer.looks is None:
            settled["looks"] = 2
        transfer = recipe.transfer.model_copy(update=settled)
        recipe = recipe.model_copy(update={"transfer": transfer})
        usual = kind.losses[0] == "cross_entropy"
        for section, values in _OPEN.items():
            if section == "loss" and not usual:
                continue
            if section == "transfer" or getattr(recipe, section).name is None:
                recipe = _with(recipe, section, values)
        recipe = _with(recipe, "train", _length(recipe, stats))
    return recipe


def from_weights(recipe: Recipe, stats: DataStats) -> bool:
    """Tell whether published weights are the default for this recipe and data."""
    other_head = recipe.model.model_copy(update={"head": None})
    if not stats.weights or other_head != type(recipe.model)():
        return False
    changed = any(getattr(recipe, name).name is not None for name in _OTHERS)
    if changed or recipe.loss.name == "arcface" or recipe.data.bits > 8:
        return False
    longest = max(stats.median_height, stats.median_width)
    favoured = favours_weights(stats.channels, longest, stats.num_train)
    return favoured or _are_quicker(recipe, stats)


def favours_weights(channels: int, longest: float, num_train: int) -> bool:
    """Tell whether published weights are known to win on such images.

    Args:
        channels: Channels of an image.
        longest: Median of the longer side in pixels.
        num_train: Number of training images.

    Example:
        >>> favours_weights(3, 300, 500), favours_weights(1, 28, 500)
        (True, False)
    """
    if longest > SMALL:
        return channels in (1, 3)
    return channels == 3 and longest >= _SMALLEST and num_train < MANY


def _are_quicker(recipe: Recipe, stats: DataStats) -> bool:
    """Tell whether many small images pass once in less time than they train in."""
    longest = max(stats.median_height, stats.median_width)
    small = stats.channels == 3 and _SMALLEST <= longest <= SMALL
    if recipe.train.time is None or stats.accelerator or not small:
        return False
    can_train = epochs_of_wide(recipe, stats) >= ENOUGH
    return not can_train and passes(recipe, stats, SMALLEST)


def _length(recipe: Recipe, stats: DataStats) -> dict[str, Any]:
    """Return a short run in small batches: most is learned before it begins."""
    batch = min(_BATCH, max(_BATCH // 2, stats.num_train // 18), stats.num_train)
    epochs = {} if recipe.train.time else {"epochs": _EPOCHS}
    return {"batch_size": batch, **epochs}


def _with(recipe: Recipe, section: str, values: dict[str, Any]) -> Recipe:
    """Put values where the recipe has none."""
    return recipe.model_copy(update={section: getattr(recipe, section).filled(values)})
