"""`trainwell report`."""

from pathlib import Path
from typing import Annotated

import typer

from trainwell.cli._output import echo

EXAMPLES = """Example:

  trainwell report runs/photos-1      writes runs/photos-1/report.html again
"""


def report(
    run: Annotated[
        Path, typer.Argument(help="The run folder.", metavar="RUN", show_default=False)
    ],
) -> None:
    """Write the report of a finished run again, from the files of the run."""
    from trainwell.report import Summary, read_run_json, write_report
    from trainwell.runs import RunFolder

    summary = read_run_json(RunFolder(run).summary, Summary)
    echo(f"{write_report(run, summary)}")
