"""Go on with a saved recipe, and with no other."""

from typing import Any

from trainwell.core.errors import RunError
from trainwell.recipes import Recipe, read_recipe
from trainwell.runs._folder import RunFolder


def recipe_to_resume(folder: RunFolder, asked: Recipe) -> Recipe:
    """Return the saved recipe; what is asked for beside it must not contradict it."""
    saved = read_recipe(folder.recipe)
    for key in _given(asked):
        old, new = _at(saved, key), _at(asked, key)
        if old != new and key != "name":
            raise RunError(
                f"`{key}`={new} differs from the run's {old}; a resumed run keeps its "
                "recipe. Start another run in another folder."
            )
    return saved


def _given(recipe: Recipe) -> list[str]:
    keys = []
    for section in recipe.model_fields_set:
        value = getattr(recipe, section)
        fields = getattr(value, "model_fields_set", None)
        keys += [section] if fields is None else [f"{section}.{f}" for f in fields]
    return sorted(k for k in keys if _at(recipe, k) not in (None, "auto"))


def _at(recipe: Recipe, key: str) -> Any:  # noqa: ANN401
    value: Any = recipe
    for part in key.split("."):
        value = getattr(value, part)
    return value
