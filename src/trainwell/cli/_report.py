"""`trainwell report`."""

from pathlib import Path
from typing import Annotated

import typer

EXAMPLES = """Example:

  trainwell report runs/photos-1      writes runs/photos-1/report.html again
"""


def report(
    run: Annotated[
        Path, typer.Argument(help="The run folder.", metavar="RUN", show_default=False)
    ],
) -> None:
    """Write the report of a finished run again, from the files of the run."""
    from trainwell.report import write_report
    from trainwell.runs import RunFolder

    folder = RunFolder(run)
    typer.echo(f"{write_report(run, folder.read_json(folder.summary))}")
