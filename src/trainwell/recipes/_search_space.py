"""Where a search looks: declared beside each field of a recipe that may be searched."""

from collections.abc import Iterable, Sequence

from trainwell.core import checks
from trainwell.core.errors import RecipeError
from trainwell.recipes._recipe import Recipe
from trainwell.recipes._searched import Searched
from trainwell.tuning import Point, Range

DEFAULT_KEYS = ("optimizer.lr", "optimizer.weight_decay")


def searchable() -> dict[str, Searched]:
    """Return every key that declares where a search looks, with what it declares.

    Example:
        >>> "optimizer.lr" in searchable()
        True
    """
    found = {}
    for section, field in Recipe.model_fields.items():
        fields = getattr(field.annotation, "model_fields", {})
        for name, inner in fields.items():
            for entry in inner.metadata:
                if isinstance(entry, Searched):
                    found[f"{section}.{name}"] = entry
    return found


def search_space(
    recipe: Recipe, keys: Iterable[str], rates: Sequence[float] = ()
) -> dict[str, Range]:
    """Return the range of each key, around what a complete recipe has.

    Args:
        recipe: Complete.
        keys: What to search.
        rates: Further learning rates that the range of `optimizer.lr` surrounds.

    Raises:
        RecipeError: If a key declares no range, or the recipe has no value there.

    Example:
        >>> recipe = read_recipe(None, ["optimizer.lr=0.1"])
        >>> search_space(recipe, ["optimizer.lr"])["optimizer.lr"].high
        1.0
    """
    declared, space = searchable(), {}
    for key in keys:
        if key not in declared:
            raise RecipeError(
                f"`{key}` cannot be searched; these can: {', '.join(declared)}."
                f"{checks.did_you_mean(key, declared)}"
            )
        value = _value(recipe, key)
        if declared[key].relative and not value:
            raise RecipeError(
                f"`{key}` cannot be searched: this recipe has no value there. Give "
                f"one, such as {key}=0.0005, or search other keys."
            )
        more = rates if key == "optimizer.lr" else ()
        space[key] = declared[key].around([value or 0.0, *more])
    return space


def point_of(recipe: Recipe, keys: Iterable[str]) -> Point:
    """Return what a recipe has at these keys; 0 for nothing."""
    return {key: float(_value(recipe, key) or 0.0) for key in keys}


def with_point(recipe: Recipe, point: Point) -> Recipe:
    """Return the recipe with these values."""
    for key, value in point.items():
        section, _, field = key.partition(".")
        changed = getattr(recipe, section).model_copy(update={field: value})
        recipe = recipe.model_copy(update={section: changed})
    return recipe


def _value(recipe: Recipe, key: str) -> float | None:
    section, _, field = key.partition(".")
    value: float | None = getattr(getattr(recipe, section), field)
    return value
