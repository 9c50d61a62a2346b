"""Arguments that several commands share, and how they are completed."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from trainwell.core.recipe_keys import complete, recipe_keys

Complete = Callable[..., list[str]]


def complete_key(ctx: typer.Context, args: list[str], incomplete: str) -> list[str]:
    """Return the keys of a recipe, or the values of a key, that begin like this."""
    return complete(incomplete, args)


def complete_augment(ctx: typer.Context, args: list[str], incomplete: str) -> list[str]:
    """Return the keys of the augmentation, or their values, that begin like this."""
    found = complete_key(ctx, args, incomplete)
    return [word for word in found if word.startswith("augment")] or found


def choices_of(*keys: str, more: tuple[str, ...] = ()) -> Complete:
    """Return the completion of an option that takes the values of recipe keys."""

    def completed(incomplete: str) -> list[str]:
        known = [c for k in recipe_keys() if k.key in keys for c in k.choices]
        return [c for c in (*known, *more) if c.startswith(incomplete)]

    return completed


complete_model = choices_of("model.name")


def key_values(what: str, complete: Complete = complete_key) -> Any:  # noqa: ANN401
    """Return the argument KEY=VALUE, with help of its own."""
    return typer.Argument(metavar="KEY=VALUE", help=what, autocompletion=complete)


AllowImport = Annotated[
    bool,
    typer.Option("--allow-import", help="Import a model class of your own code."),
]
