"""A run's own copy of the policy file that its recipe names."""

from pathlib import Path

from trainwell.core.errors import RecipeError
from trainwell.core.files import write_atomically
from trainwell.recipes import Recipe
from trainwell.runs._folder import RunFolder


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
