"""`trainwell show recipe`: every key with default, range or choices, and meaning."""

from typing import Annotated

import typer

from trainwell.cli._arguments import choices_of
from trainwell.core.recipe_keys import recipe_keys, sections


def show_recipe(
    section: Annotated[
        str | None,
        typer.Argument(
            help="A section or the beginning of a key, such as optimizer. By "
            "default all.",
            show_default=False,
            autocompletion=choices_of(more=tuple(sections())),
        ),
    ] = None,
) -> None:
    """List every key of a recipe: default, range or choices, and meaning."""
    found = [k for k in recipe_keys() if k.key.startswith(section or "")]
    if not found:
        from trainwell.core.checks import did_you_mean
        from trainwell.core.errors import UserError

        near = did_you_mean(section or "", sections())
        raise UserError(f"no key of a recipe begins with {section!r}.{near}")
    for entry in found:
        values = " | ".join(entry.choices) or entry.allowed
        default = entry.default or "chosen from the data, or none"
        typer.secho(entry.key, bold=True, nl=False)
        typer.echo(f"  ({default})  {values}".rstrip())
        users = f" ({', '.join(entry.users)})" if entry.users else ""
        typer.echo(f"    {entry.meaning}{users}")
