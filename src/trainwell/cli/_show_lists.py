"""`trainwell show models`, `presets` and `techniques`."""

from typing import Annotated

import typer

from trainwell.cli._output import echo
from trainwell.cli._tables import Csv, Json, print_rows

_OTHERS = {
    "timm:NAME": "any network of timm (trainwell[timm])",
    "torchvision:NAME": "torchvision's classifiers (trainwell[torchvision])",
    "hf:NAME": "any image classifier of Hugging Face",
    "package.module:Class": "your own torch.nn.Module",
}


def models(csv: Csv = False, json: Json = False) -> None:
    """List the networks that model.name may name."""
    from trainwell.models import names

    listed = {**dict.fromkeys(names(), ""), **_OTHERS}
    rows = [{"name": name, "what": what} for name, what in listed.items()]
    if not print_rows(rows, csv=csv, json=json):
        for row in rows:
            echo(f"{row['name']:<26}{row['what']}".rstrip())


def presets(csv: Csv = False, json: Json = False) -> None:
    """List the presets that --recipe may name."""
    from trainwell.recipes import PRESETS

    rows = [
        {"name": name, "what": " ".join((preset.__doc__ or "").split())}
        for name, preset in PRESETS.items()
    ]
    if not print_rows(rows, csv=csv, json=json):
        for row in rows:
            echo(f"{row['name']:<12}{row['what']}")


def techniques(
    group: Annotated[
        str | None,
        typer.Argument(
            help="A group, such as activations. By default all.", show_default=False
        ),
    ] = None,
    csv: Csv = False,
    json: Json = False,
) -> None:
    """List every technique: its name, its recipe key, its test and its source."""
    from rich.console import Console
    from rich.table import Table

    from trainwell.core import checks
    from trainwell.recipes import techniques

    entries = techniques()
    groups = list(dict.fromkeys(entry.group for entry in entries))
    if group is not None:
        checks.one_of("group", group.capitalize(), groups)
        groups = [group.capitalize()]
    rows = [
        {
            "group": entry.group,
            "technique": entry.name,
            "recipe": entry.recipe,
            "import": entry.path,
            "test": entry.test,
            "source": entry.source,
        }
        for name in groups
        for entry in entries
        if entry.group == name
    ]
    if print_rows(rows, csv=csv, json=json):
        return
    wide = Console()
    console = wide if wide.is_terminal else Console(width=240)
    for name in groups:
        members = [row for row in rows if row["group"] == name]
        table = Table(title=f"{name} ({len(members)})", title_justify="left")
        for column in list(rows[0])[1:]:
            table.add_column(column, overflow="fold")
        for row in members:
            table.add_row(*list(row.values())[1:])
        console.print(table)
