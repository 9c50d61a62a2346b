"""Refuse fields of a recipe that would change nothing beside the others."""

import inspect

from trainwell.core.errors import RecipeError
from trainwell.core.techniques import builders, section_names
from trainwell.recipes import _vocabulary
from trainwell.recipes._ensemble import check_ensemble
from trainwell.recipes._recipe import Recipe
from trainwell.recipes._transfer import check_transfer

_ONLY = {"pixels": "pad_crop", "min_area": "resized_crop"}


def refuse_unused(recipe: Recipe, *, resolved: bool = True) -> None:
    """Raise RecipeError for a name that is not known or a field that is not used.

    Args:
        recipe: The recipe as it was given, or as it was completed.
        resolved: Whether nothing more will be chosen for it.
    """
    for section in section_names():
        _vocabulary.checked(section, getattr(recipe, section), resolved=resolved)
    for check in (
        _check_start,
        _check_activation,
        _check_augment,
        _check_length,
        check_ensemble,
        check_transfer,
    ):
        check(recipe)
    if recipe.augment.alpha is not None and recipe.augment.mix is None and resolved:
        raise RecipeError("`augment.alpha` needs `augment.mix` beside it.")


def _check_start(recipe: Recipe) -> None:
    """Refuse what would undo pretrained weights, or touches no bias."""
    rule = recipe.init.name
    if rule is None:
        return
    if recipe.model.pretrained not in (None, False):
        raise RecipeError(
            f"`init.name`={rule} would overwrite the weights of `model.pretrained`; "
            "leave one of them out."
        )
    takes = next(iter(inspect.signature(builders("init")[rule]).parameters), "")
    if recipe.init.bias is not None and takes != "weight":
        raise RecipeError(
            f"`init.bias` is not used by init.name={rule}, which sets the biases "
            "itself. Leave it out."
        )


def _check_activation(recipe: Recipe) -> None:
    """Refuse a parameter per channel where nothing is learned."""
    name = recipe.activation.name
    if not recipe.activation.per_channel or name is None:
        return
    learned = name == "prelu" or (
        name == "swish" and recipe.activation.arguments().get("learned")
    )
    if not learned:
        raise RecipeError(
            f"`activation.per_channel` is not used by activation.name={name}: use it "
            "with prelu, or with swish and activation.learned=true."
        )


def _check_augment(recipe: Recipe) -> None:
    """Refuse fields of another crop, and two policies."""
    augment = recipe.augment
    for field, crop in _ONLY.items():
        if getattr(augment, field) is not None and augment.crop not in (None, crop):
            raise RecipeError(
                f"`augment.{field}` is not used by augment.crop={augment.crop}, but by "
                f"{crop}. Leave the field out."
            )
    if augment.file is not None and augment.name is not None:
        raise RecipeError("give `augment.name` or `augment.file`, not both.")


def _check_length(recipe: Recipe) -> None:
    if recipe.train.time is not None and recipe.train.epochs is not None:
        raise RecipeError("give `train.time` or `train.epochs`, not both.")
