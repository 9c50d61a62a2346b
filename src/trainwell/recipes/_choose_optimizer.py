"""Choose the optimizer, its rate, and whether gradients are clipped.

Numbers are in `records/`.
"""

from typing import Any

from trainwell.recipes._data_stats import DataStats
from trainwell.recipes._recipe import Recipe
from trainwell.recipes._transfer import has_maps
from trainwell.recipes._vocabulary import decays, default_rate, full_batch

_PLAIN = ("sgd", "momentum", "nesterov", "muon")  # steps in proportion to gradients
_BOUNDED = 12  # times the rate of losses whose gradients are bounded
_RATES: dict[str, dict[str, Any]] = {
    "sgd": {"lr": 0.1},
    "momentum": {"lr": 0.05},
    "nesterov": {"lr": 0.05},
    "adamw": {"weight_decay": 0.05, "lr": 1e-3},
}


def gradients(recipe: Recipe, stats: DataStats) -> dict[str, Any]:
    """Clip gradients that grow with the error, and with it the rate that is stable."""
    squared = stats.task_kind.linear == "numbers" and recipe.loss.name == "l2"
    plain = _optimizer_name(recipe) in _PLAIN
    chosen = recipe.gradients.name is None and recipe.optimizer.lr is None
    own_rate = recipe.model.name == "airbench" and _optimizer_name(recipe) == "muon"
    clip = squared and plain and chosen and not own_rate
    return {"name": "clip_norm"} if clip else {}


def optimizer(recipe: Recipe, stats: DataStats) -> dict[str, Any]:
    """Return the optimizer that suits the network, with its rate."""
    name = _optimizer_name(recipe)
    if full_batch(name):
        return {"name": name, "lr": 1.0}
    chosen: dict[str, Any] = {"name": name}
    if decays(name):
        chosen["weight_decay"] = 5e-4
    chosen |= _RATES.get(name, {"lr": default_rate(name)})
    clipped = recipe.gradients.name == "clip_norm"
    if name in _PLAIN and stats.task_kind.linear == "numbers" and not clipped:
        chosen["lr"] /= _BOUNDED  # gradients of numbers grow with the error
    if recipe.model.pretrained not in (None, False) and _one_rate(recipe):
        chosen["lr"] /= 10
    return chosen


def _optimizer_name(recipe: Recipe) -> str:
    if recipe.optimizer.name is not None:
        return recipe.optimizer.name
    maps = has_maps(recipe)
    other = "adamw" if _adapted(recipe) or maps else "nesterov"
    return "muon" if recipe.model.name == "airbench" and not maps else other


def _one_rate(recipe: Recipe) -> bool:
    """Tell whether a fresh head learns together with what must not move far."""
    transfer = recipe.transfer
    return transfer.rate is None and transfer.plan is None and transfer.freeze != 1


def _adapted(recipe: Recipe) -> bool:
    """Tell whether the network comes with somebody's weights or from elsewhere."""
    foreign = ":" in (recipe.model.name or "")
    return foreign or recipe.model.pretrained not in (None, False)
