"""The recipe that a run folder keeps, with its own copy of a policy file."""

from pathlib import Path

from trainwell.core.errors import RecipeError, RunError
from trainwell.core.files import write_atomically
from trainwell.recipes import Recipe, read_recipe, value_at
from trainwell.runs._folder import RunFolder


def recipe_to_resume(folder: RunFolder, requested: Recipe) -> Recipe:
    """Return the saved recipe; the requested one must not contradict it."""
    saved = read_recipe(folder.recipe)
    for key in _given(requested):
        old, new = value_at(saved, key), value_at(requested, key)
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
    return sorted(k for k in keys if value_at(recipe, k) not in (None, "auto"))


def keep_policy(recipe: Recipe, folder: RunFolder) -> Recipe:
    """Copy the file into the folder, once; return the recipe that reads the copy.

    Raises:
        RecipeError: If the file cannot be read.
    """
    if recipe.augment.file is not None and not folder.policy.exists():
        try:
            text = Path(recipe.augment.file).read_bytes()
        except OSError as error:
            raise RecipeError(f"augment.file={recipe.augment.file}: {error}") from error
        write_atomically(folder.policy, text)
    return with_kept_policy(recipe, folder)


def with_kept_policy(recipe: Recipe, folder: RunFolder) -> Recipe:
    """Return the recipe that reads the folder's copy, if there is one."""
    if recipe.augment.file is None or not folder.policy.exists():
        return recipe
    own = recipe.augment.model_copy(update={"file": str(folder.policy)})
    return recipe.model_copy(update={"augment": own})
