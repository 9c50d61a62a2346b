"""From the recipe's ensemble to what it asks of a training."""

from trainwell.core.errors import RecipeError
from trainwell.recipes._recipe import Recipe
from trainwell.training import AverageWeights, Hook, KeepSnapshots

_SIZE = 5
_START = 0.75
_CYCLES = ("snapshots", "soup")
_MOMENTS = (*_CYCLES, "swa")


def check_ensemble(recipe: Recipe) -> None:
    """Raise RecipeError for fields that do not go together."""
    kind = recipe.ensemble.kind
    if recipe.ensemble.size is not None and kind in (None, "swa"):
        raise RecipeError(
            "`ensemble.size` needs ensemble.kind=seeds, snapshots or soup."
        )
    if recipe.ensemble.start is not None and kind != "swa":
        raise RecipeError("`ensemble.start` needs ensemble.kind=swa.")
    if kind not in _MOMENTS:
        return
    if recipe.train.average is not None:
        raise RecipeError(f"give `train.average` or ensemble.kind={kind}, not both.")
    if recipe.train.patience is not None:
        raise RecipeError(
            f"ensemble.kind={kind} needs the whole run; leave `patience`."
        )
    if recipe.prune.name is not None:
        raise RecipeError(f"ensemble.kind={kind} and `prune` do not go together.")
    if kind in _CYCLES and recipe.schedule.name == "reduce_on_plateau":
        raise RecipeError(f"ensemble.kind={kind} needs a schedule that can restart.")


def num_members(recipe: Recipe) -> int:
    """Return how many seeds or moments there are."""
    return recipe.ensemble.size or _SIZE


def num_cycles(recipe: Recipe) -> int | None:
    """Return how many times the rate falls, if an ensemble needs it to fall anew."""
    return num_members(recipe) if recipe.ensemble.kind in _CYCLES else None


def make_ensemble_hooks(recipe: Recipe, per_epoch: int) -> list[Hook]:
    """Return what keeps the moments of one training."""
    if (cycles := num_cycles(recipe)) is not None:
        return [KeepSnapshots(cycles)]
    if recipe.ensemble.kind == "swa":
        start = recipe.ensemble.start
        return [AverageWeights(_START if start is None else start, per_epoch)]
    return []
