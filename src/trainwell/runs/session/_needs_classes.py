"""Refuse data without classes where only these are of use."""

from trainwell.core.errors import RecipeError
from trainwell.data import Splits


def refuse_without_classes(splits: Splits, what: str, instead: str = "") -> None:
    """Raise RecipeError if images have no class each.

    Args:
        splits: The data.
        what: What needs classes, as a user names it.
        instead: What to do, as a sentence.
    """
    if not splits.reader.has_classes:
        text = f"{what} needs a class for every image; the task is "
        raise RecipeError(f"{text}{splits.reader.name}. {instead}".rstrip())
