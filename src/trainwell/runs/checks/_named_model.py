"""The model of a check: a name or an object, or the first word of the recipe."""

from collections.abc import Iterable, Mapping

from torch import nn

from trainwell.recipes import Override, Recipe


def split_model(
    model: nn.Module | Override | None, overrides: Iterable[Override]
) -> tuple[nn.Module | str | None, tuple[Override, ...]]:
    """Return the model apart from the fields of the recipe, as the commands do.

    Example:
        >>> split_model("train.epochs=1", ["seed=2"])
        (None, ('train.epochs=1', 'seed=2'))
    """
    if isinstance(model, Mapping | Recipe) or (isinstance(model, str) and "=" in model):
        return None, (model, *overrides)
    return model, tuple(overrides)
