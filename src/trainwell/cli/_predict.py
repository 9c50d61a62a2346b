"""`trainwell predict`."""

from pathlib import Path
from typing import Annotated

import typer

from trainwell.cli._arguments import AllowImport
from trainwell.cli._output import echo
from trainwell.cli._views import Average, RandomViews, Views

EXAMPLES = """Examples:

  trainwell predict runs/photos-1 cat.jpg dog.png

  trainwell predict runs/photos-1 new/ --top 3 --views flip

  trainwell predict runs/photos-1 'new/**/*.jpg' --csv > predictions.csv
"""


def predict(  # noqa: PLR0913
    run: Annotated[
        Path, typer.Argument(help="The run folder.", metavar="RUN", show_default=False)
    ],
    images: Annotated[
        list[str],
        typer.Argument(
            help="Image files, folders or glob patterns.",
            metavar="IMAGE",
            show_default=False,
        ),
    ],
    top: Annotated[
        int, typer.Option(min=1, help="Number of classes to show per image.")
    ] = 1,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    allow_import: AllowImport = False,
    views: Views = "none",
    draws: RandomViews = None,
    average: Average = "probability",
) -> None:
    """Predict the class of images."""
    import csv as csv_module
    import sys

    from trainwell.cli._own_code import import_from_here
    from trainwell.core.printable import as_cell
    from trainwell.data import find_images
    from trainwell.infer import load_predictor
    from trainwell.runs import Console

    if allow_import:
        import_from_here()
    predictor = load_predictor(run, allow_import=allow_import)
    predictor = predictor.with_views(views, draws, average)
    paths = find_images(images)
    predictions = predictor.predict(paths, progress=Console().progress)
    rows = [
        [p.name, *(x for label, share in p.top(top) for x in (label, f"{share:.4f}"))]
        for p in predictions
    ]
    if csv:
        shown = range(1, min(top, len(predictor.classes)) + 1)
        head = [x for i in shown for x in (f"class_{i}", f"probability_{i}")]
        cells = [[as_cell(text) for text in row] for row in rows]
        csv_module.writer(sys.stdout).writerows([["path", *head], *cells])
        return
    for row in rows:
        echo("  ".join(row).replace("\n", "\\n"))
