"""`trainwell predict`."""

from pathlib import Path
from typing import Annotated

import typer

from trainwell.cli._arguments import AllowImport, Epoch
from trainwell.cli._output import echo
from trainwell.cli._tables import Csv, Json
from trainwell.cli._views import Average, RandomViews, Views

EXAMPLES = """Examples:

  trainwell predict runs/photos-1 cat.jpg dog.png

  trainwell predict runs/photos-1 new/ --top 3 --views flip

  trainwell predict runs/photos-1 'new/**/*.jpg' --csv > predictions.csv

  trainwell predict runs/photos-1 new/ --threshold 0.8 --json

  trainwell predict runs/photos-1 - < cat.jpg

  trainwell predict runs/faces-1 images/ --points test_points.csv > answer.csv
"""


def predict(  # noqa: PLR0913
    run: Annotated[
        Path, typer.Argument(help="The run folder.", metavar="RUN", show_default=False)
    ],
    images: Annotated[
        list[str],
        typer.Argument(
            help="Image files, folders, glob patterns or addresses (https://...); - "
            "reads an image, or names of files, from the standard input.",
            metavar="IMAGE",
            show_default=False,
        ),
    ],
    top: Annotated[
        int,
        typer.Option(
            min=1, help="Number of classes, labels or points to show per image."
        ),
    ] = 1,
    threshold: Annotated[
        float | None,
        typer.Option(
            help="Answer `unknown` below this probability of a class.", min=0, max=1
        ),
    ] = None,
    csv: Csv = False,
    json: Json = False,
    probabilities: Annotated[
        bool,
        typer.Option("--probabilities", help="CSV with a column per class or label."),
    ] = False,
    points: Annotated[
        Path | None,
        typer.Option(
            help="Table of file names and indices of points (test_points.csv): print "
            "those points of these images alone, as CSV, as the contest takes them."
        ),
    ] = None,
    bad_images: Annotated[
        str | None,
        typer.Option(
            help="What to do with an unreadable image: stop, or skip it. By default "
            "the others are answered, and the exit code is 2."
        ),
    ] = None,
    allow_import: AllowImport = False,
    views: Views = "none",
    draws: RandomViews = None,
    average: Average = "probability",
    epoch: Epoch = None,
) -> None:
    """Predict what images show: a class, labels, numbers or points."""
    from trainwell.cli._inputs import named_inputs
    from trainwell.cli._own_code import import_from_here
    from trainwell.cli._prediction_tables import (
        as_csv,
        as_json,
        as_lines,
        contest_answer,
        refuse_top,
    )
    from trainwell.core import checks
    from trainwell.core.errors import DataError, RecipeError
    from trainwell.infer import load_predictor
    from trainwell.runs import Console, predict_readable, with_unknown

    if bad_images is not None:
        checks.one_of("bad_images", bad_images, ("stop", "skip"))
    if json and probabilities:
        raise RecipeError("`--json` holds all probabilities; leave out one option.")
    if allow_import:
        import_from_here()
    console, bad = Console(), list[str]()
    predictor = load_predictor(run, allow_import=allow_import, epoch=epoch)
    if probabilities and predictor.metadata.task.linear == "numbers":
        raise RecipeError(
            f"`--probabilities` needs classes or labels; the task of {run} is "
            f"{predictor.metadata.task.name}. `--csv` has all its numbers."
        )
    refuse_top(predictor.metadata.task, top)
    predictor = predictor.with_views(views, draws, average)

    def note(name: str, error: DataError) -> None:
        bad.append(name)
        console.warn(f"{error}")

    with named_inputs(images) as inputs:
        skip = None if bad_images == "stop" else note
        found = predict_readable(predictor, inputs.files, console.progress, skip)
    found = [with_unknown(inputs.named(p), threshold) for p in found]
    if points is not None:
        typer.echo(contest_answer(points, found), nl=False)
    elif json:
        typer.echo(as_json(found))
    elif csv or probabilities:
        as_csv(found, predictor.metadata.task, top, all_outputs=probabilities)
    else:
        for line in as_lines(found, top):
            echo(line)
    if bad and bad_images is None:
        console.warn(f"{len(bad)} of {len(inputs.files)} images were not answered.")
        raise typer.Exit(2)
