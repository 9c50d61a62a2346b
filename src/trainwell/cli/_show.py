"""`trainwell show`: what there is to choose from."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Show what there is to choose from.", no_args_is_help=True)


@app.command()
def recipe() -> None:
    """List every key of a recipe with what it means."""
    from trainwell.recipes import keys

    for key, meaning in keys().items():
        typer.echo(f"{key:<28}{meaning}")


@app.command()
def models() -> None:
    """List the networks that model.name may name."""
    from trainwell.models import names

    for name in names():
        typer.echo(name)
    typer.echo("timm:NAME                 any network of timm (trainwell[timm])")
    typer.echo("hf:NAME                   any image classifier of Hugging Face")
    typer.echo("package.module:Class      your own torch.nn.Module")


@app.command()
def presets() -> None:
    """List the presets that --recipe may name."""
    from trainwell.recipes import PRESETS

    for name, preset in PRESETS.items():
        typer.echo(f"{name:<12}{' '.join((preset.__doc__ or '').split())}")


@app.command()
def techniques(
    group: Annotated[
        str | None,
        typer.Argument(
            help="Such as activations; all groups without it.", show_default=False
        ),
    ] = None,
) -> None:
    """List every technique: its name, how a recipe asks for it, its source."""
    from rich.console import Console
    from rich.table import Table

    from trainwell.core import checks
    from trainwell.recipes import techniques

    entries = techniques()
    groups = list(dict.fromkeys(entry.group for entry in entries))
    if group is not None:
        checks.one_of("group", group.capitalize(), groups)
        groups = [group.capitalize()]
    wide = Console()
    console = wide if wide.is_terminal else Console(width=240)
    for name in groups:
        rows = [entry for entry in entries if entry.group == name]
        table = Table(title=f"{name} ({len(rows)})", title_justify="left")
        for column in ("technique", "recipe", "import", "test", "source"):
            table.add_column(column, overflow="fold")
        for entry in rows:
            table.add_row(
                entry.name, entry.recipe, entry.path, entry.test, entry.source
            )
        console.print(table)


def _complete_schedule(incomplete: str) -> list[str]:
    from trainwell.recipes import builders

    return [name for name in builders("schedule") if name.startswith(incomplete)]


@app.command()
def schedule(
    name: Annotated[
        str,
        typer.Argument(
            help="Such as cosine, one_cycle, cosine_restarts.",
            autocompletion=_complete_schedule,
        ),
    ],
    arguments: Annotated[
        list[str] | None,
        typer.Argument(metavar="KEY=VALUE", help="Its arguments, and warmup=SHARE."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Write a picture (.png, .svg) instead.")
    ] = None,
) -> None:
    """Draw how a schedule changes the rate over a run."""
    from trainwell.cli._show_schedule import plot, save
    from trainwell.recipes import make_schedule, read_recipe, refuse_unused

    given = [f"schedule.{argument}" for argument in arguments or []]
    recipe = read_recipe(None, [f"schedule.name={name}", *given])
    refuse_unused(recipe)
    curve = make_schedule(recipe)
    if out is None:
        typer.echo(plot(curve))
        return
    save({" ".join([name, *(arguments or [])]): curve}, out)
    typer.echo(f"Wrote {out}.")
