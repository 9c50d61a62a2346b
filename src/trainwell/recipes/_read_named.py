"""Read a recipe of which some fields have arguments of their own."""

from collections.abc import Mapping, Sequence
from typing import Any

from trainwell.core.errors import RecipeError
from trainwell.recipes._read import Override, RecipeLike, read_recipe
from trainwell.recipes._recipe import Recipe
from trainwell.recipes._scope import specified_keys


def read_named(
    start: RecipeLike | None,
    named: Mapping[str, Any],
    overrides: Sequence[Override] = (),
) -> Recipe:
    """Return the recipe of all; what is named may not stand in the overrides, too.

    Args:
        start: As for `read_recipe`.
        named: Values of full keys that were given as arguments; None is left out.
        overrides: As for `read_recipe`.

    Raises:
        RecipeError: If a field is given twice, or `read_recipe` raises it.

    Example:
        >>> read_named(None, {"init.name": "he"}, ["init=lsuv"])
        Traceback (most recent call last):
        trainwell.core.errors.RecipeError: `init.name` is given twice; leave out ...
    """
    given = {key: value for key, value in named.items() if value is not None}
    more = [*overrides, *([start] if isinstance(start, Mapping) else [])]
    twice = {*given} & {*specified_keys(read_recipe(None, more))}
    if twice:
        raise RecipeError(
            f"`{sorted(twice)[0]}` is given twice; leave out one of the two."
        )
    return read_recipe(start, [given, *overrides])
