"""Arguments that several commands share, and how they are completed."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from trainwell.core.recipe_keys import complete, recipe_keys

Complete = Callable[..., list[Any]]


def complete_key(ctx: Any, param: Any, incomplete: str) -> list[Any]:  # noqa: ANN401
    """Return the keys of a recipe, or the values of a key, that begin like this."""
    from typer._click.shell_completion import CompletionItem

    before = [str(word) for word in ctx.params.get(param.name) or ()]
    return [CompletionItem(word) for word in complete(incomplete, before)]


def choices_of(*keys: str, more: tuple[str, ...] = ()) -> Complete:
    """Return the completion of an option that takes the values of recipe keys."""

    def completed(incomplete: str) -> list[str]:
        known = [c for k in recipe_keys() if k.key in keys for c in k.choices]
        return [c for c in (*known, *more) if c.startswith(incomplete)]

    return completed


complete_model = choices_of("model.name")


def key_values(what: str) -> Any:  # noqa: ANN401
    """Return the argument KEY=VALUE, with help of its own."""
    return typer.Argument(metavar="KEY=VALUE", help=what, shell_complete=complete_key)


AllowImport = Annotated[
    bool,
    typer.Option("--allow-import", help="Import a model class of your own code."),
]
