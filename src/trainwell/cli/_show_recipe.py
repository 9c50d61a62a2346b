"""`trainwell show recipe`: every key with default, range or choices, and meaning."""

from typing import Annotated

import typer

from trainwell.cli._arguments import choices_of
from trainwell.cli._tables import Csv, Json, print_rows
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
    csv: Csv = False,
    json: Json = False,
) -> None:
    """List every key of a recipe: default, range or choices, and meaning."""
    found = [k for k in recipe_keys() if k.key.startswith(section or "")]
    if not found:
        from trainwell.core.checks import did_you_mean
        from trainwell.core.errors import UserError

        near = did_you_mean(section or "", sections())
        raise UserError(f"no key of a recipe begins with {section!r}.{near}")
    rows = [
        {
            "key": entry.key,
            "default": entry.default,
            "values": " | ".join(entry.choices) or entry.allowed,
            "meaning": entry.meaning,
            "techniques": list(entry.users),
        }
        for entry in found
    ]
    if print_rows(rows, csv=csv, json=json):
        return
    for entry in found:
        values = " | ".join(entry.choices) or entry.allowed
        default = entry.default or "chosen from the data, or none"
        typer.secho(entry.key, bold=True, nl=False)
        typer.echo(f"  ({default})  {values}".rstrip())
        users = f" ({', '.join(entry.users)})" if entry.users else ""
        typer.echo(f"    {entry.meaning}{users}")
