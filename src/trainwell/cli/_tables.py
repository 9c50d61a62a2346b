"""Tables for scripts: `--csv` and `--json` of every command that prints a table."""

import csv as csv_module
import json as json_module
import sys
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from trainwell.core.printable import as_cell, printable

Rows = Sequence[Mapping[str, Any]]


def _one_format(context: typer.Context, value: bool) -> bool:
    """Refuse both formats at once, before any work."""
    from trainwell.core.errors import UserError

    if value and (context.params.get("csv") or context.params.get("json")):
        raise UserError("give `--json` or `--csv`, not both.")
    return value


Csv = Annotated[bool, typer.Option("--csv", help="Print CSV.", callback=_one_format)]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.", callback=_one_format)]


def print_rows(rows: Rows, *, csv: bool, json: bool, whole: object = None) -> bool:
    """Print rows in the format that is asked for; tell whether one is.

    Args:
        rows: The table; every row has the same keys.
        csv: Whether to print CSV.
        json: Whether to print JSON.
        whole: What JSON holds instead of the rows alone.
    """
    if csv:
        print_csv(list(rows[0]) if rows else [], [list(row.values()) for row in rows])
    elif json:
        typer.echo(as_json(rows if whole is None else whole))
    return csv or json


def print_csv(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print CSV; cells are text that a spreadsheet shows instead of computing it."""
    writer = csv_module.writer(sys.stdout)
    writer.writerow([as_cell(name) for name in head])
    writer.writerows([[_cell(value) for value in row] for row in rows])


def as_json(content: object) -> str:
    """Return JSON that prints harmlessly; what is not finite becomes null."""
    text = json_module.dumps(_finite(content), indent=1, ensure_ascii=False)
    return "".join(c if printable(c) == c else json_module.dumps(c)[1:-1] for c in text)


def _cell(value: object) -> object:
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        value = [f"{key}={number}" for key, number in value.items()]
    if isinstance(value, list | tuple):
        value = ", ".join(map(str, value))
    return "" if value is None else as_cell(str(value))


def _finite(content: object) -> object:
    if isinstance(content, float):
        return content if abs(content) < float("inf") else None
    if isinstance(content, Mapping):
        return {name: _finite(value) for name, value in content.items()}
    if isinstance(content, list | tuple):
        return [_finite(value) for value in content]
    return content
