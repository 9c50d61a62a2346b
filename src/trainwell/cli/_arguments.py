"""Arguments that several commands share."""

from collections.abc import Callable
from typing import Annotated, Any

import typer


def complete_key(incomplete: str) -> list[str]:
    """Return the keys of a recipe that begin like this."""
    from trainwell.recipes import keys

    return [f"{key}=" for key in keys() if key.startswith(incomplete)]


def complete_model(incomplete: str) -> list[str]:
    """Return the networks that begin like this."""
    from trainwell.models import names

    return [name for name in names() if name.startswith(incomplete)]


def key_values(what: str, complete: Callable[[str], list[str]] = complete_key) -> Any:  # noqa: ANN401
    """Return the argument KEY=VALUE, with help of its own."""
    return typer.Argument(metavar="KEY=VALUE", help=what, autocompletion=complete)


AllowImport = Annotated[
    bool,
    typer.Option("--allow-import", help="Import a model class of your own code."),
]
