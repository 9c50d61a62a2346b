"""From the recipe's augmentation to policies."""

from trainwell.augment.policies import (
    Compose,
    Cutout,
    Mixing,
    Operations,
    PadCrop,
    Plain,
    Policy,
    RandomResizedCrop,
    ShortSide,
    Transform,
    read_policy,
)
from trainwell.core.errors import RecipeError
from trainwell.recipes._components import component
from trainwell.recipes._recipe import Recipe
from trainwell.tasks import Task

_ALEXNET = 256 / 224  # its crops are all of one scale


def make_policy(recipe: Recipe) -> Policy:
    """Return the augmentation policy of training images."""
    augment = recipe.augment
    transforms: list[Transform] = []
    if augment.name is not None:
        transforms.append(component(recipe, "augment")())
    if augment.file is not None:
        transforms.append(policy_from_file(augment.file))
    if augment.operations is not None:
        transforms.append(Operations(augment.operations))
    if augment.cutout:
        transforms.append(Cutout(side=augment.cutout))
    crop = _crop(recipe)
    return Compose(crop, tuple(transforms)) if transforms else crop


def tones_of(recipe: Recipe) -> str:
    """Return the names of the listed operations that need 8 bits, or nothing."""
    listed = recipe.augment.operations
    return "" if listed is None else ", ".join(Operations(listed).tones())


def policy_from_file(path: str) -> Transform:
    """Return the policy that a file holds.

    Raises:
        RecipeError: If there is no such file, or it holds no policy.
    """
    try:
        return read_policy(path)
    except FileNotFoundError as error:
        raise RecipeError(f"augment.file={path}: there is no such file.") from error
    except (OSError, ValueError) as error:
        raise RecipeError(f"augment.file={path}: {error}") from error


def make_mixing(recipe: Recipe, task: Task) -> Mixing | None:
    """Return what mixes each batch, if anything does."""
    augment = recipe.augment
    if augment.mix is None:
        return None
    return Mixing(augment.mix, task.num_outputs, augment.alpha or 1.0)


def _crop(recipe: Recipe) -> Policy:
    augment, fit = recipe.augment, recipe.data.fit or "pad"
    flip = bool(augment.flip)
    if augment.crop == "pad_crop":
        size = recipe.data.image_size or 0
        return PadCrop(size=size, pixels=augment.pixels or 0, fit=fit, flip=flip)
    if augment.crop == "resized_crop":
        return RandomResizedCrop(min_area=augment.min_area or 0.35, fit=fit, flip=flip)
    if augment.crop == "short_side":
        high = _ALEXNET if augment.name == "alexnet" else ShortSide.high
        return ShortSide(high=high, flip=flip)
    return Plain(fit=fit, flip=flip)
