"""From the recipe's transfer to a network that keeps what it should."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from trainwell.core.errors import RecipeError
from trainwell.models import Modification
from trainwell.recipes._recipe import Recipe
from trainwell.transfer import (
    Advice,
    Block,
    blocks,
    scale_rates,
)

_RATE = 0.1  # of the head's learning rate, for what is pretrained


def early_head(recipe: Recipe, model: nn.Module, images: Tensor) -> Modification | None:
    """Return the change that lets the head read the block the recipe says, if any."""
    fraction = recipe.transfer.cut
    if fraction is None:
        return None
    below = blocks(model, images)[:-1]
    num_kept = max(1, round(fraction * len(below)))
    if num_kept == len(below):
        raise RecipeError(
            f"`transfer.cut` must leave out a block; {fraction:g} of "
            f"{len(below)} is all."
        )
    modules = {module: name for name, module in model.named_modules()}
    return Modification(
        "head", "early", {"after": modules[below[num_kept - 1].modules[-1]]}
    )


def scale_backbone_lr(
    recipe: Recipe, optimizer: torch.optim.Optimizer, found: Sequence[Block]
) -> None:
    """Multiply the learning rate of everything below the head, in place."""
    if found and recipe.transfer.rate is not None:
        scale_rates(optimizer, found, factor=recipe.transfer.rate)


def apply_advice(recipe: Recipe, advice: Advice) -> Recipe:
    """Return the recipe with the advice in place of `transfer=auto`."""
    rate = _RATE if recipe.transfer.rate is None else recipe.transfer.rate
    cut = None if advice.cut is None else round(advice.cut, 4)
    settled = {"plan": None, "freeze": advice.freeze, "rate": rate, "cut": cut}
    transfer = recipe.transfer.model_copy(update=settled)
    return recipe.model_copy(update={"transfer": transfer})
