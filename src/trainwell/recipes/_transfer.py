"""From the recipe's transfer to a network that keeps what it should."""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn

from trainwell.core.errors import RecipeError
from trainwell.models import Modification
from trainwell.recipes._recipe import Recipe
from trainwell.training import Hook
from trainwell.transfer import (
    Advice,
    Block,
    UnfreezeGradually,
    blocks,
    freeze_below,
    num_frozen,
    scale_rates,
)

_RATE = 0.1  # of the head's learning rate, for what is pretrained


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


def early_head(recipe: Recipe, model: nn.Module, images: Tensor) -> Modification | None:
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
    return Modification(
        "head", "early", {"after": modules[below[kept - 1].modules[-1]]}
    )


def transfer_blocks(
    recipe: Recipe, model: nn.Module, images: Callable[[], Tensor]
) -> list[Block]:
    """Return the network's blocks if the recipe distinguishes them, else none."""
    transfer = recipe.transfer
    if (transfer.freeze, transfer.rate, transfer.unfreeze_every) == (None, None, None):
        return []
    return blocks(model, images())


def freeze_blocks(recipe: Recipe, found: Sequence[Block]) -> None:
    """Freeze the fraction of the blocks that the recipe states, in place."""
    if found:
        freeze_below(found, recipe.transfer.freeze or 0.0)


def scale_backbone_lr(
    recipe: Recipe, optimizer: torch.optim.Optimizer, found: Sequence[Block]
) -> None:
    """Multiply the learning rate of everything below the head, in place."""
    if found and recipe.transfer.rate is not None:
        scale_rates(optimizer, found, factor=recipe.transfer.rate)


def make_unfreezing(
    recipe: Recipe, found: Sequence[Block], per_epoch: int
) -> list[Hook]:
    """Return the hook that unfreezes one block after the other, if asked for."""
    epochs = recipe.transfer.unfreeze_every
    if epochs is None:
        return []
    learning = found[num_frozen(found, recipe.transfer.freeze or 0.0) :]
    return [UnfreezeGradually(learning, max(1, round(epochs * per_epoch)))]


def apply_advice(recipe: Recipe, advice: Advice) -> Recipe:
    """Return the recipe with the advice in place of `transfer=auto`."""
    rate = _RATE if recipe.transfer.rate is None else recipe.transfer.rate
    cut = None if advice.cut is None else round(advice.cut, 4)
    settled = {"plan": None, "freeze": advice.freeze, "rate": rate, "cut": cut}
    transfer = recipe.transfer.model_copy(update=settled)
    return recipe.model_copy(update={"transfer": transfer})
