"""From the recipe's transfer to a network that keeps what it should."""

from collections.abc import Callable

import torch
from torch import Tensor, nn

from trainwell.core.errors import RecipeError
from trainwell.recipes._recipe import Recipe
from trainwell.train import Hook
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
    if recipe.transfer.plan is not None and recipe.transfer.freeze is not None:
        raise RecipeError("give `transfer=auto` or `transfer.freeze`, not both.")


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
