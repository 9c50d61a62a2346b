"""`trainwell export`."""

from pathlib import Path
from typing import Annotated

import typer

from trainwell.cli._arguments import AllowImport, Epoch
from trainwell.cli._output import echo

EXAMPLES = """Examples:

  trainwell export runs/photos-1

  trainwell export runs/photos-1 --out photos.onnx

  trainwell export runs/photos-1 --format onnx-int8    smaller and faster
"""


def export(
    run: Annotated[
        Path, typer.Argument(help="The run folder.", metavar="RUN", show_default=False)
    ],
    format: Annotated[
        str, typer.Option(help="The format: onnx, or onnx-int8: 8 bits.")
    ] = "onnx",
    out: Annotated[
        Path | None,
        typer.Option(
            help="The file to write. By default model.onnx in the run folder."
        ),
    ] = None,
    allow_import: AllowImport = False,
    views: Annotated[
        str,
        typer.Option(
            help="flip: average the predictions of each image and its mirror image."
        ),
    ] = "none",
    epoch: Epoch = None,
) -> None:
    """Write one ONNX file with normalization inside, and compare it with the model."""
    from trainwell.cli._own_code import import_from_here
    from trainwell.runs import Console, export

    console = Console()
    if allow_import:
        import_from_here()
    path, agreement = export(
        run,
        format=format,
        out=out,
        allow_import=allow_import,
        views=views,
        epoch=epoch,
        reporter=console,
    )
    console.say(agreement.text)
    echo(path)
