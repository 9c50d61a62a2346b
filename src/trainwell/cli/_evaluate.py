"""`trainwell evaluate`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from trainwell.cli._arguments import AllowImport, Epoch, key_values
from trainwell.cli._output import echo
from trainwell.cli._tables import Csv, Json, print_rows
from trainwell.cli._views import Average, RandomViews, Views
from trainwell.core.headline import spoken, with_unit

EXAMPLES = """Examples:

  trainwell evaluate runs/photos-1 photos/         its test images

  trainwell evaluate runs/photos-1 new.csv --json  as JSON, for scripts

  trainwell evaluate runs/photos-1 photos/ --views ten_crop

  trainwell evaluate runs/photos-1 photos/ --epoch 7

  trainwell evaluate runs/ages-1 new.csv data.target_column=years
"""


def evaluate(  # noqa: PLR0913
    run: Annotated[
        Path, typer.Argument(help="The run folder.", metavar="RUN", show_default=False)
    ],
    data: Annotated[
        str,
        typer.Argument(
            help="Images with classes, labels, numbers or points, as for train.",
            metavar="DATA",
            show_default=False,
        ),
    ],
    overrides: Annotated[
        list[str] | None,
        key_values(
            "How these data are read, such as data.target_column=NAME. By default as "
            "in training."
        ),
    ] = None,
    split: Annotated[
        str | None,
        typer.Option(
            help="train, val or test. By default test if there is one, else all "
            "images that the run has not seen."
        ),
    ] = None,
    bad_images: Annotated[
        str | None,
        typer.Option(
            help="What to do with unreadable images: stop or skip. By default as in "
            "training."
        ),
    ] = None,
    csv: Csv = False,
    json: Json = False,
    allow_import: AllowImport = False,
    views: Views = "none",
    draws: RandomViews = None,
    average: Average = "probability",
    epoch: Epoch = None,
) -> None:
    """Evaluate a trained model on images with labels, numbers or points.

    Classes and labels are matched by name, numbers and points by their order.
    """
    from trainwell.cli._own_code import import_from_here
    from trainwell.core.plural import plural
    from trainwell.runs import Console, evaluate

    if allow_import:
        import_from_here()
    scores = evaluate(
        run,
        data,
        *overrides or [],
        split=split,
        bad_images=bad_images,
        allow_import=allow_import,
        views=views,
        draws=draws,
        average=average,
        epoch=epoch,
        progress=Console().progress,
    )
    if print_rows(scores.rows, csv=csv, json=json, whole=scores.numbers()):
        return
    images, shown = len(scores.evaluation.targets), scores.task.headline
    units = scores.task.measured_in
    first = with_unit(f"{scores.evaluation.headline:.4f}", units.get(shown))
    echo(
        f"{scores.split}: {spoken(shown)} {first}   "
        f"loss {abs(scores.loss):.4f}   {images} {plural(images, 'image')}"
    )
    others = {k: v for k, v in scores.metrics.items() if k not in (shown, "loss")}
    said = {k: with_unit(f"{v:.4f}", units.get(k)) for k, v in others.items()}
    echo("   ".join(f"{spoken(k)} {v}" for k, v in said.items()))
    for line in _lines(scores.rows):
        echo(line)
    for note in scores.notes:
        echo(note)


def _lines(rows: list[dict[str, Any]]) -> list[str]:
    """Return a line per row: its name, its numbers, and of how many images."""
    if not rows:
        return []
    names = [str(next(iter(row.values()))) for row in rows]
    numbers = [key for key in list(rows[0])[1:] if key != "num_images"]
    alone = len(numbers) == 1  # its name would stand in every line
    width = max(map(len, names))
    lines = []
    for name, row in zip(names, rows, strict=True):
        said = [
            f"{row[key]:.3f}" if alone else f"{spoken(key)} {row[key]:.3f}"
            for key in numbers
        ]
        lines.append(f"  {name:<{width}}  {'  '.join(said)}  of {row['num_images']}")
    return lines
