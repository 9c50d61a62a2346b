"""Arguments that several commands share, and how they are completed."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from trainwell.core.recipe_keys import complete, recipe_keys

Complete = Callable[..., list[str]]


def complete_key(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the keys of a recipe, or the values of a key, that begin like this."""
    before = ctx.params.get("overrides") or ctx.params.get("arguments") or ()
    return complete(incomplete, [str(word) for word in before])


def choices_of(*keys: str, more: tuple[str, ...] = ()) -> Complete:
    """Return the completion of an option that takes the values of recipe keys."""

    def completed(incomplete: str) -> list[str]:
        known = [c for k in recipe_keys() if k.key in keys for c in k.choices]
        return [c for c in (*known, *more) if c.startswith(incomplete)]

    return completed


complete_model = choices_of("model.name")


def key_values(what: str) -> Any:  # noqa: ANN401
    """Return the argument KEY=VALUE, with help of its own."""
    return typer.Argument(metavar="KEY=VALUE", help=what, autocompletion=complete_key)


AllowImport = Annotated[
    bool,
    typer.Option(
        "--allow-import", help="Allow importing the model class from your own code."
    ),
]

Epoch = Annotated[
    int | None,
    typer.Option(
        min=1,
        help="Use the weights of this epoch, of a run with train.keep=epochs. By "
        "default the final ones.",
    ),
]
