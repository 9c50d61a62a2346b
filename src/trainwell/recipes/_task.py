"""The task of a recipe: what its network predicts."""

from trainwell.core.checks import did_you_mean
from trainwell.core.errors import ArgumentError, RecipeError
from trainwell.core.techniques import builders
from trainwell.data import Splits
from trainwell.recipes._recipe import Recipe
from trainwell.recipes._transfer import LINEAR
from trainwell.tasks import TASKS, Task, losses_of


def make_task(recipe: Recipe, splits: Splits) -> Task:
    """Return the task of the data, with what the recipe says about its loss.

    Raises:
        RecipeError: If these do not fit, such as other numbers of values than classes.

    Example:
        >>> from trainwell import data
        >>> make_task(recipe_from({}), data.load("digits")).headline
        'accuracy'
    """
    kind = TASKS[splits.reader.name]
    loss, head = recipe.loss.name, recipe.model.head or LINEAR
    if head != LINEAR and head not in kind.heads:
        raise RecipeError(
            f"`model.head`={head} does not fit the task {kind.name}: it is for points. "
            "Leave it out."
        )
    own = losses_of(kind, head)
    if loss is not None and loss in builders("loss") and loss not in own:
        raise RecipeError(
            f"`loss.name`={loss} does not fit the task {kind.name}"
            f"{'' if head == LINEAR else f' with model.head={head}'}; it takes "
            f"{', '.join(own)}."
        )
    if recipe.augment.mix is not None and not kind.mixes:
        raise RecipeError(
            f"`augment.mix`={recipe.augment.mix} does not fit the task {kind.name}: "
            "its targets cannot be mixed. Leave it out."
        )
    if recipe.transfer.looks is not None and not kind.located:
        raise RecipeError(
            f"`transfer.looks` changes nothing: it is for points, and the task is "
            f"{kind.name}. Leave it out."
        )
    if recipe.transfer.depths == "parts" != kind.depths:
        raise RecipeError(
            f"`transfer.depths`=parts is for labels, and the task is {kind.name}. Give "
            f"transfer.depths={kind.depths}, or leave it out."
        )
    settings = {
        "name": recipe.loss.name,
        **recipe.loss.arguments(),
        "head": head,
        "flip": recipe.augment.flip,
        "image_size": recipe.data.image_size,
        "fit": recipe.data.fit,
        "sizes": splits.train.sizes,
    }
    try:
        task = kind.made(splits.classes, splits.train.targets, settings)
    except ArgumentError as error:
        raise RecipeError(str(error)) from None
    select = recipe.train.select
    if select is not None and select not in task.metrics:
        raise RecipeError(
            f"`train.select` must be one of {', '.join(task.metrics)} for the task "
            f"{kind.name}, got {select!r}.{did_you_mean(select, task.metrics)}"
        )
    return task
