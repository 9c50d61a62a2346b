"""Read and cut the data as a recipe says: columns, folders, classes, splits."""

from trainwell import data
from trainwell.core.progress import Progress
from trainwell.data import Reading, SourceLike, Splits
from trainwell.recipes import Recipe
from trainwell.tasks import readers


def load_splits(source: SourceLike, recipe: Recipe, progress: Progress) -> Splits:
    """Read and check the source as the recipe says."""
    options = recipe.data
    return data.load(
        source,
        seed=options.split_seed,
        val_fraction=options.val_share,
        test_fraction=options.test_share,
        per_class=options.per_class,
        bad_images=options.bad_images,
        channels=options.channels,
        extra=options.extra,
        reading=reading_of(recipe),
        split=options.split,
        folds=options.folds,
        fold=options.fold or 0,
        progress=progress,
    )


def reading_of(recipe: Recipe, task: str | None = None) -> Reading:
    """Return what a recipe says about the form of its data.

    Args:
        recipe: The recipe.
        task: What the data are known to be for; by default the recipe's own.
    """
    options = recipe.data
    return Reading(
        image_column=options.image_column,
        target_column=options.target_column,
        group_column=options.group_column,
        image_folder=options.image_folder,
        image_suffix=options.image_suffix,
        pattern=options.pattern,
        bits=options.bits,
        points_origin=options.points_origin,
        classes=options.classes,
        readers=readers(task or recipe.task, points_origin=options.points_origin),
        merge=None
        if options.merge is None
        else {new: tuple(old) for new, old in options.merge.items()},
    )
