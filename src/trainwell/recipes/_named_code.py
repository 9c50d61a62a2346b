"""Refuse a network that a file names and that would be imported: it may be any code."""

from pathlib import Path

from trainwell import models
from trainwell.core.errors import RecipeError
from trainwell.recipes._recipe import Recipe


def refuse_named_code(
    recipe: Recipe, file: str | Path, trusted: str | None, *, allow_import: bool
) -> None:
    """Raise RecipeError if the network of a recipe from a file would be imported.

    Args:
        recipe: As it was read.
        file: The file, or the folder of the run that it lies in.
        trusted: The network that the user named by hand, if one was.
        allow_import: Whether the user trusts the file.

    Example:
        >>> recipe = Recipe(model="mynets:Net")
        >>> refuse_named_code(recipe, "a.yaml", "mynets:Net", allow_import=False)
        >>> refuse_named_code(recipe, "a.yaml", None, allow_import=False)
        Traceback (most recent call last):
        trainwell.core.errors.RecipeError: a.yaml names the network `mynets:Net`, ...
    """
    name = recipe.model.name
    if allow_import or name is None or name == trusted or not models.is_import(name):
        return
    raise RecipeError(
        f"{file} names the network `{name}`, and using it would run that code. If you "
        f"trust it, add `allow_import` (`--allow-import`), or name it yourself: "
        f"model.name={name}."
    )
