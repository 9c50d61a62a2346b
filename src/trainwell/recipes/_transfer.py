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


def advised(advice: Advice) -> dict[str, float]:
    """Return the fields of `transfer` that follow some advice.

    Where all is frozen below the head, there is no rate.

    Example:
        >>> from trainwell.transfer import Probe, advise
        >>> advised(advise([Probe("low", 0.6, 0.01), Probe("top", 0.9, 0.01)], 500))
        {'freeze': 0.7, 'rate': 0.1}
    """
    fields = {"freeze": advice.freeze}
    if advice.freeze < 1:
        fields["rate"] = _RATE
    if advice.cut is not None:
        fields["cut"] = round(advice.cut, 4)
    return fields


def apply_advice(recipe: Recipe, advice: Advice) -> Recipe:
    """Return the recipe with the advice in place of `transfer=auto`."""
    settled = {"plan": None, "cut": None, **advised(advice)}
    if recipe.transfer.rate is not None:
        settled["rate"] = recipe.transfer.rate
    transfer = recipe.transfer.model_copy(update=settled)
    return recipe.model_copy(update={"transfer": transfer})
