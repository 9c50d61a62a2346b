"""The recipe that a run folder keeps, with its own copy of a policy file."""

from pathlib import Path

from trainwell.core.errors import RecipeError, RunError
from trainwell.core.files import read_regular
from trainwell.recipes import Recipe, read_recipe, refuse_named_code, value_at
from trainwell.runs.folder._folder import RunFolder
from trainwell.runs.training._longer import LENGTHS, of_another_length

_BUT = ", but for its length (train.epochs, train.time)"


def recipe_to_resume(
    folder: RunFolder,
    requested: Recipe,
    *,
    allow_import: bool = False,
    longer: bool = False,
) -> Recipe:
    """Return the saved recipe, of the requested length.

    The requested one must not contradict it in anything else.

    Raises:
        RunError: If it does.
        RecipeError: If the saved one names code, and that is not allowed.
    """
    saved = read_recipe(folder.recipe)
    longer = longer and not folder.members.exists()
    free = ("name", *LENGTHS) if longer else ("name",)
    for key in _given(requested):
        old, new = value_at(saved, key), value_at(requested, key)
        if old != new and key not in free:
            raise RunError(
                f"`{key}`={new} differs from the run's {old}; a resumed run keeps its "
                f"recipe{_BUT if longer else ''}. Start another run in another folder."
            )
    trusted = requested.model.name
    refuse_named_code(saved, folder.path, trusted, allow_import=allow_import)
    return of_another_length(saved, requested) if longer else saved


def _given(recipe: Recipe) -> list[str]:
    keys = []
    for section in recipe.model_fields_set:
        value = getattr(recipe, section)
        fields = getattr(value, "model_fields_set", None)
        keys += [section] if fields is None else [f"{section}.{f}" for f in fields]
    return sorted(k for k in keys if value_at(recipe, k) not in (None, "auto"))


def policy_to_keep(recipe: Recipe, folder: RunFolder) -> bytes | None:
    """Return the policy file that a run which begins now has to copy, if there is one.

    A run that goes on has a copy; one that an earlier start left, which never trained,
    is replaced.

    Raises:
        RecipeError: If the file cannot be read.
    """
    path = recipe.augment.file
    if path is None or (folder.started and folder.policy.exists()):
        return None
    try:
        return read_regular(Path(path))
    except OSError as error:
        raise RecipeError(f"augment.file={path}: {error}") from error


def with_kept_policy(recipe: Recipe, folder: RunFolder) -> Recipe:
    """Return the recipe that reads the folder's copy, if there is one."""
    if recipe.augment.file is None or not folder.policy.exists():
        return recipe
    own = recipe.augment.model_copy(update={"file": str(folder.policy)})
    return recipe.model_copy(update={"augment": own})
