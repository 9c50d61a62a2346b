"""`trainwell finish`."""

from pathlib import Path
from typing import Annotated

import typer

from trainwell.cli._arguments import AllowImport

EXAMPLES = """Examples:

  trainwell finish runs/photos-1         a model of the best weights so far

  trainwell finish runs/photos-1 --data /new/photos

  trainwell train photos/ --out runs/photos-1 --resume train.epochs=50

The second one is for images that moved. The third one makes a run longer, also one
that is finished.
"""


def finish(
    run: Annotated[
        Path, typer.Argument(help="The run folder.", metavar="RUN", show_default=False)
    ],
    data: Annotated[
        str | None,
        typer.Option(
            help="Where the images lie now, if they moved; other images are refused."
        ),
    ] = None,
    allow_import: AllowImport = False,
) -> None:
    """Make the model and the report of an interrupted run, from its best weights."""
    from trainwell.cli._output import echo
    from trainwell.cli._train import summary_text
    from trainwell.runs import Console, finish_run

    found = finish_run(run, data=data, allow_import=allow_import, reporter=Console())
    echo(summary_text(found.summary))
    echo(f"report    {found.report}")
    echo(f"use it    trainwell predict {found.path} IMAGE...")
