"""`trainwell show`: networks, keys, techniques, and pictures of them."""

from pathlib import Path
from typing import Annotated

import typer

from trainwell.cli._arguments import choices_of, key_values
from trainwell.cli._output import echo
from trainwell.cli._show_recipe import show_recipe

app = typer.Typer(
    help="Show networks, recipe keys and techniques, and draw "
    "schedules and augmentation.",
    no_args_is_help=True,
)
app.command("recipe")(show_recipe)


@app.command()
def models() -> None:
    """List the networks that model.name may name."""
    from trainwell.models import names

    for name in names():
        echo(name)
    echo("timm:NAME                 any network of timm (trainwell[timm])")
    echo("hf:NAME                   any image classifier of Hugging Face")
    echo("package.module:Class      your own torch.nn.Module")


@app.command()
def presets() -> None:
    """List the presets that --recipe may name."""
    from trainwell.recipes import PRESETS

    for name, preset in PRESETS.items():
        echo(f"{name:<12}{' '.join((preset.__doc__ or '').split())}")


@app.command()
def techniques(
    group: Annotated[
        str | None,
        typer.Argument(
            help="A group, such as activations. By default all.", show_default=False
        ),
    ] = None,
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


@app.command()
def schedule(
    name: Annotated[
        str,
        typer.Argument(
            help="A schedule, such as cosine, one_cycle or cosine_restarts.",
            autocompletion=choices_of("schedule.name"),
        ),
    ],
    arguments: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="KEY=VALUE", help="Arguments of the schedule, and warmup=FRACTION."
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Write a picture (.png, .svg) instead of drawing in the terminal."
        ),
    ] = None,
) -> None:
    """Draw how a schedule changes the learning rate during a run."""
    from trainwell.cli._show_schedule import plot, save
    from trainwell.recipes import make_schedule, read_recipe, refuse_unused

    given = [f"schedule.{argument}" for argument in arguments or []]
    recipe = read_recipe(None, [f"schedule.name={name}", *given])
    refuse_unused(recipe)
    curve = make_schedule(recipe)
    if out is None:
        echo(plot(curve))
        return
    save({" ".join([name, *(arguments or [])]): curve}, out)
    echo(f"Wrote {out}.")


EXAMPLES = """Examples:

  trainwell show augment photos/                   as in a training

  trainwell show augment cifar10 augment=randaugment augment.magnitude=12

  trainwell show augment synthetic:shapes augment.cutout=0.5 --out shapes.png

  trainwell show augment runs/photos-1 --sample 17 --epoch 3

The last one shows training image 17 as that run used it in its fourth epoch.
"""


@app.command(epilog=EXAMPLES)
def augment(  # noqa: PLR0913
    data: Annotated[
        str,
        typer.Argument(
            help="Labelled images, as for train, or a run folder together with "
            "--sample.",
            metavar="DATA",
            show_default=False,
        ),
    ],
    overrides: Annotated[
        list[str] | None,
        key_values("Fields of a recipe, such as augment=randaugment."),
    ] = None,
    out: Annotated[
        Path, typer.Option(help="The picture to write (.png, .svg).")
    ] = Path("augment.png"),
    images: Annotated[
        int | None, typer.Option(min=1, max=100, help="Number of images. By default 4.")
    ] = None,
    draws: Annotated[
        int | None,
        typer.Option(min=1, max=30, help="Number of epochs to show. By default 6."),
    ] = None,
    epoch: Annotated[
        int, typer.Option(min=0, help="The first epoch to show, counted from 0.")
    ] = 0,
    seed: Annotated[
        int | None, typer.Option(help="Seed of the random numbers.", show_default=False)
    ] = None,
    sample: Annotated[
        str | None,
        typer.Option(help="Number or name of a training image, for a run folder."),
    ] = None,
) -> None:
    """Draw augmented training images, with the name of each operation."""
    from trainwell.cli._show_augment import check_out, save
    from trainwell.core.errors import RunError
    from trainwell.runs import Console, RunFolder, preview_augmentation, preview_run

    check_out(out)
    if sample is not None:
        if overrides or seed is not None:
            raise RunError("a run keeps its recipe and its seed; leave them out.")
        if images is not None or draws is not None:
            raise RunError(
                "`--sample` shows one image in one epoch; leave out `--images` and "
                "`--draws`."
            )
        rows = preview_run(data, sample, epoch, Console())
    elif RunFolder(Path(data)).recipe.exists():
        raise RunError(f"{data} is a run; say which training image with --sample.")
    else:
        rows = preview_augmentation(
            data,
            *overrides or [],
            images=images or 4,
            draws=draws or 6,
            epoch=epoch,
            seed=seed,
            reporter=Console(),
        )
    save(rows, out)
    for row in rows:
        for number, seen in enumerate(row):
            echo(f"{'  ' * bool(number)}{', '.join(seen.captions)}")
    echo(f"Wrote {out}.")
