"""Errors in the middle of a training, in words that say what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from trainwell.core.errors import DataError, RecipeError
from trainwell.core.image_size import ImageSize, size_text
from trainwell.runs.folder._folder import RunFolder

_ONE_VALUE = "Expected more than 1 value per channel when training"


@contextmanager
def norms_explained(batch_size: int, image_size: ImageSize | None) -> Iterator[None]:
    """Raise RecipeError where a norm has a single value to normalise by."""
    try:
        yield
    except ValueError as error:
        if _ONE_VALUE not in str(error):
            raise
        raise RecipeError(
            f"train.batch_size={batch_size} leaves batch_norm one value per channel "
            f"at {size_text(image_size or 0)} px: take 2 or more, a larger "
            "data.image_size, or norm=group_norm."
        ) from error


def to_go_on(error: DataError, folder: RunFolder, step: int) -> DataError:
    """Return the error of an image that went away, with the way to go on.

    Example:
        >>> print(to_go_on(DataError("cannot read a.png"), RunFolder("r"), 9))
        cannot read a.png. All is saved up to step 9; once it is back, ...
    """
    return DataError(
        f"{str(error).rstrip('.')}. All is saved up to step {step}; once it is back, "
        f"go on with `resume` (`--resume`) and `out` (`--out {folder.path}`)."
    )
