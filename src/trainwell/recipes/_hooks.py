"""The hooks of a training that a recipe asks for, in the order in which they act."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from torch import Tensor, nn

from trainwell import optim
from trainwell.core.errors import RecipeError
from trainwell.losses import penalties
from trainwell.recipes._components import PLATEAU, component, make_schedule
from trainwell.recipes._ensemble import num_cycles
from trainwell.recipes._recipe import Recipe
from trainwell.training import (
    AverageWeights,
    Hook,
    KeepSnapshots,
    ReduceOnPlateau,
    ShrinkWeights,
    StopAtNaN,
    TreatGradients,
)
from trainwell.transfer import Block, UnfreezeGradually, num_frozen

_SWA_START = 0.75


def make_hooks(
    recipe: Recipe, blocks: Sequence[Block], per_epoch: int, *, check_every: int
) -> list[Hook]:
    """Return the hooks of a training, but for those that follow its evaluations.

    Unfreezing, a check of the loss, gradient treatment, shrinkage, pruning, and the
    moments of an ensemble.

    Args:
        recipe: Complete.
        blocks: The blocks of the network, for unfreezing.
        per_epoch: Steps per epoch.
        check_every: Steps between two checks that the loss is finite.
    """
    hooks: list[Hook] = []
    if (epochs := recipe.transfer.unfreeze_every) is not None:
        learning = blocks[num_frozen(blocks, recipe.transfer.freeze or 0.0) :]
        hooks.append(UnfreezeGradually(learning, max(1, round(epochs * per_epoch))))
    hooks.append(StopAtNaN(check_every))
    if (treatment := make_gradient_treatment(recipe)) is not None:
        hooks.append(TreatGradients(treatment))
    if recipe.penalty.proximal:
        if recipe.penalty.name != "l1":
            raise RecipeError("`penalty.proximal` is for penalty.name=l1.")
        shrink, amount = penalties.soft_threshold_, recipe.penalty.weight or 0.0
        hooks.append(ShrinkWeights(shrink, optim.decayed_weights, amount))
    if recipe.prune.name is not None:
        hooks.append(component(recipe, "prune")(prunable))
    if (cycles := num_cycles(recipe)) is not None:
        hooks.append(KeepSnapshots(cycles))
    if recipe.ensemble.kind == "swa":
        start = recipe.ensemble.start
        start = _SWA_START if start is None else start
        hooks.append(AverageWeights(start, per_epoch))
    return hooks


def refuse_bad_plans(recipe: Recipe) -> None:
    """Raise RecipeError if a schedule or a pruning that is named has bad numbers.

    Args:
        recipe: As it was given; what it leaves open is not looked at.

    Example:
        >>> refuse_bad_plans(Recipe(schedule={"name": "halving", "every": 2}))
        Traceback (most recent call last):
        trainwell.core.errors.RecipeError: schedule.name=halving: `every` must be ...
    """
    if recipe.schedule.name is not None:
        make_schedule(recipe)
        make_plateau(recipe)
    if recipe.prune.name is not None:
        component(recipe, "prune")(prunable)


def make_plateau(recipe: Recipe) -> list[Hook]:
    """Return the hook that lowers the rate by what validation says, if asked for."""
    if recipe.schedule.name != PLATEAU:
        return []
    return [ReduceOnPlateau(component(recipe, "schedule"))]


def make_gradient_treatment(
    recipe: Recipe,
) -> Callable[[Iterable[Tensor]], Any] | None:
    """Return what is done to the gradients of parameters; None without anything."""
    return None if recipe.gradients.name is None else component(recipe, "gradients")


def prunable(model: nn.Module) -> dict[str, Tensor]:
    """Return the weights that decay, by name."""
    decayed = {id(w) for w in optim.decayed_weights(model)}
    return {n: w for n, w in model.named_parameters() if id(w) in decayed}
