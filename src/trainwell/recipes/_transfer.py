"""From the recipe's transfer to a network that keeps what it should."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from trainwell.core.errors import RecipeError
from trainwell.core.modes import is_norm
from trainwell.models import Modification
from trainwell.recipes._recipe import Recipe
from trainwell.transfer import (
    Advice,
    Block,
    blocks,
    scale_rates,
)

LINEAR = "linear"
"""The head of a network unless `model.head` names another."""
_DEPTHS = (0.27, 0.47, 0.67, 0.93)  # of all blocks, where those of cells are read
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


def head_on_all_depths(
    recipe: Recipe, model: nn.Module, images: Tensor
) -> Modification | None:
    """Return the change that lets the head read every block, if the recipe says so.

    A convolution with its norm in front of the blocks is left out: a hook there would
    keep an export from folding the norm.
    """
    if recipe.transfer.depths is None:
        return None
    names = _whole_blocks(model, images)
    if recipe.transfer.depths == "cells":
        places = dict.fromkeys(round(part * (len(names) - 1)) for part in _DEPTHS)
        chosen = [names[i] for i in places]
        return Modification("head", "all_depths", {"blocks": chosen, "cells": True})
    own = {"parts": True} if recipe.transfer.depths == "parts" else {}
    return Modification("head", "all_depths", {"blocks": names, **own})


def head_of_maps(
    recipe: Recipe, model: nn.Module, images: Tensor
) -> Modification | None:
    """Return the change to a head of heat maps, if the recipe says so."""
    if not has_maps(recipe):
        return None
    read = {"blocks": _whole_blocks(model, images)}
    return Modification("head", recipe.model.head or LINEAR, read)


def has_maps(recipe: Recipe) -> bool:
    """Tell whether the recipe asks for a head of heat maps."""
    return recipe.model.head not in (None, LINEAR)


def has_new_head(recipe: Recipe) -> bool:
    """Tell whether the network's own head is replaced; see `new_head`."""
    transfer = recipe.transfer
    return has_maps(recipe) or (transfer.cut, transfer.depths) != (None, None)


def new_head(recipe: Recipe, model: nn.Module, images: Tensor) -> Modification | None:
    """Return the change of the head that the recipe asks for, if any."""
    kinds = (early_head, head_on_all_depths, head_of_maps)
    made = (choose(recipe, model, images) for choose in kinds)
    return next((edit for edit in made if edit is not None), None)


def _whole_blocks(model: nn.Module, images: Tensor) -> list[str]:
    """Return the names of the modules that return the outputs of the blocks."""
    modules = {module: name for name, module in model.named_modules()}
    below = blocks(model, images)[:-1]
    whole = [block for block in below if not is_norm(block.modules[-1])]
    return [modules[block.modules[-1]] for block in whole or below]


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
