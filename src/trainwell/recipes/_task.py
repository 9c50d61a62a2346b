"""The task of a recipe: what its network predicts."""

from collections.abc import Sequence

from trainwell.core.errors import RecipeError
from trainwell.metrics import class_values
from trainwell.recipes._recipe import Recipe
from trainwell.tasks import Classification


def make_task(recipe: Recipe, classes: Sequence[str]) -> Classification:
    """Return the task of a recipe on data with these classes.

    The classes have values where the loss is over such: the field `loss.values`, else
    the numbers that all class names are.

    Raises:
        RecipeError: If there are other numbers of values than of classes.

    Example:
        >>> recipe = recipe_from({"loss": "label_distribution"})
        >>> make_task(recipe, ("20", "25")).class_values
        (20.0, 25.0)
    """
    return Classification(tuple(classes), _values(recipe, classes))


def _values(recipe: Recipe, classes: Sequence[str]) -> tuple[float, ...] | None:
    """Return what the classes stand for where the loss is over such values."""
    if recipe.loss.name != "label_distribution":
        return None
    given = recipe.loss.arguments().get("values")
    if given is not None and len(given) != len(classes):
        raise RecipeError(
            f"`loss.values` must be {len(classes)}, one for each of "
            f"{', '.join(classes)}; got {len(given)}."
        )
    return tuple(map(float, given)) if given is not None else class_values(classes)
