"""`trainwell evaluate`."""

from pathlib import Path
from typing import Annotated

import typer

from trainwell.cli._arguments import AllowImport, Epoch
from trainwell.cli._output import echo
from trainwell.cli._tables import Csv, Json, print_rows
from trainwell.cli._views import Average, RandomViews, Views

EXAMPLES = """Examples:

  trainwell evaluate runs/photos-1 photos/         its test images

  trainwell evaluate runs/photos-1 new.csv --json  as JSON, for scripts

  trainwell evaluate runs/photos-1 photos/ --views ten_crop

  trainwell evaluate runs/photos-1 photos/ --epoch 7
"""


def evaluate(  # noqa: PLR0913
    run: Annotated[
        Path, typer.Argument(help="The run folder.", metavar="RUN", show_default=False)
    ],
    data: Annotated[
        str,
        typer.Argument(
            help="Labelled images, as for train.", metavar="DATA", show_default=False
        ),
    ],
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
    """Evaluate a trained model on labelled images. Classes are matched by name."""
    from trainwell.cli._own_code import import_from_here
    from trainwell.core.plural import plural
    from trainwell.runs import Console, evaluate

    if allow_import:
        import_from_here()
    scores = evaluate(
        run,
        data,
        split=split,
        bad_images=bad_images,
        allow_import=allow_import,
        views=views,
        draws=draws,
        average=average,
        epoch=epoch,
        progress=Console().progress,
    )
    rows = [
        {"class": name, "recall": recall, "num_images": count}
        for name, (recall, count) in scores.per_class.items()
    ]
    if print_rows(rows, csv=csv, json=json, whole=scores.numbers()):
        return
    images = len(scores.evaluation.targets)
    echo(
        f"{scores.split}: accuracy {scores.accuracy:.4f}   "
        f"loss {abs(scores.loss):.4f}   {images} {plural(images, 'image')}"
    )
    others = {k: v for k, v in scores.metrics.items() if k not in ("accuracy", "loss")}
    echo("   ".join(f"{k.replace('_', ' ')} {v:.4f}" for k, v in others.items()))
    width = max(map(len, scores.per_class))
    for name, (recall, count) in scores.per_class.items():
        echo(f"  {name:<{width}}  {recall:.3f}  of {count}")
    for note in scores.notes:
        echo(note)
