"""`trainwell show`: networks, keys, techniques, and pictures of them."""

from pathlib import Path
from typing import Annotated, Any

import typer

from trainwell.cli._arguments import choices_of, key_values
from trainwell.cli._output import echo
from trainwell.cli._show_lists import models, presets, techniques
from trainwell.cli._show_recipe import show_recipe
from trainwell.cli._tables import Csv, Json, print_rows

app = typer.Typer(
    help="Show networks, recipe keys and techniques, and draw "
    "schedules and augmentation.",
    no_args_is_help=True,
)
app.command("recipe")(show_recipe)
for command in (models, presets, techniques):
    app.command()(command)


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
    csv: Csv = False,
    json: Json = False,
) -> None:
    """Draw how a schedule changes the learning rate during a run."""
    from trainwell.cli._show_schedule import plot, points, save
    from trainwell.recipes import make_schedule, read_recipe, refuse_unused

    given = [f"schedule.{argument}" for argument in arguments or []]
    recipe = read_recipe(None, [f"schedule.name={name}", *given])
    refuse_unused(recipe)
    curve = make_schedule(recipe)
    if out is not None:
        save({" ".join([name, *(arguments or [])]): curve}, out)
    if print_rows(points(curve), csv=csv, json=json):
        return
    echo(plot(curve) if out is None else f"Wrote {out}.")


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
    csv: Csv = False,
    json: Json = False,
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
    seen: list[dict[str, Any]] = [
        {"row": i, "column": j, "captions": list(image.captions)}
        for i, row in enumerate(rows)
        for j, image in enumerate(row)
    ]
    if print_rows(seen, csv=csv, json=json):
        return
    for cell in seen:
        echo(f"{'  ' * bool(cell['column'])}{', '.join(cell['captions'])}")
    echo(f"Wrote {out}.")
