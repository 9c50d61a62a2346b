"""Refuse a recipe that names what is not there, before any data are read."""

from pathlib import Path

from trainwell import models
from trainwell.recipes._augment import policy_from_file
from trainwell.recipes._recipe import Recipe


def refuse_missing(recipe: Recipe, *, own_model: bool = False) -> None:
    """Raise UserError if the network, its weights or the policy file cannot be used.

    Args:
        recipe: As it was given.
        own_model: Whether the network is given as an object, under the name of its
            class.

    Example:
        >>> refuse_missing(Recipe(augment="nowhere.yaml"))
        Traceback (most recent call last):
        trainwell.core.errors.RecipeError: augment.file=nowhere.yaml: there is no ...
    """
    if recipe.model.name is not None and not own_model:
        models.check_name(recipe.model.name)
    if isinstance(recipe.model.pretrained, str):
        models.read_checkpoint(Path(recipe.model.pretrained))
    if recipe.augment.file is not None:
        policy_from_file(recipe.augment.file)
