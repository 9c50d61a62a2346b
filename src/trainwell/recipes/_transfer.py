"""From the recipe's transfer to a network that keeps what it should."""

from collections.abc import Callable

import torch
from torch import Tensor, nn

from trainwell.core.errors import RecipeError
from trainwell.models import Edit
from trainwell.recipes._recipe import Recipe
from trainwell.training import Hook
from trainwell.transfer import (
    Block,
    UnfreezeGradually,
    blocks,
    freeze_below,
    scale_rates,
)


def check_transfer(recipe: Recipe) -> None:
    """Raise RecipeError for fields that have nothing to do."""
    given = [
        name
        for name, value in recipe.transfer.model_dump().items()
        if value is not None
    ]
    if given and recipe.model.pretrained in (None, False):
        raise RecipeError(
            f"`transfer.{given[0]}` needs `model.pretrained`: there is nothing to keep "
            "of fresh weights."
        )
    for name in ("freeze", "cut"):
        if recipe.transfer.plan is not None and name in given:
            raise RecipeError(f"give `transfer=auto` or `transfer.{name}`, not both.")


def early_head(recipe: Recipe, model: nn.Module, images: Tensor) -> Edit | None:
    """Return the change that lets the head read the block the recipe says, if any."""
    share = recipe.transfer.cut
    if share is None:
        return None
    below = blocks(model, images)[:-1]
    kept = max(1, round(share * len(below)))
    if kept == len(below):
        raise RecipeError(
            f"`transfer.cut` must leave out a block; {share:g} of {len(below)} is all."
        )
    modules = {module: name for name, module in model.named_modules()}
    return Edit("head", "early", {"after": modules[below[kept - 1].modules[-1]]})


def parts_of(
    recipe: Recipe, model: nn.Module, images: Callable[[], Tensor]
) -> list[Block]:
    """Return the network's blocks if something is to be done with them, else none."""
    asked = recipe.transfer
    if asked.freeze is None and asked.rate is None and asked.unfreeze_every is None:
        return []
    return blocks(model, images())


def keep_lower(recipe: Recipe, found: list[Block]) -> list[Block]:
    """Freeze what the recipe says; return the blocks that learn."""
    share = recipe.transfer.freeze or 0.0
    frozen = freeze_below(found, share) if found else []
    return found[len(frozen) :]


def slow_down(
    recipe: Recipe, optimizer: torch.optim.Optimizer, found: list[Block]
) -> None:
    """Give what is below the head its own rate."""
    if found and recipe.transfer.rate is not None:
        scale_rates(optimizer, found, factor=recipe.transfer.rate)


def make_unfreezing(
    recipe: Recipe, learning: list[Block], per_epoch: int
) -> list[Hook]:
    """Return the hook that wakes one block after the other."""
    epochs = recipe.transfer.unfreeze_every
    if epochs is None:
        return []
    return [UnfreezeGradually(learning, max(1, round(epochs * per_epoch)))]
