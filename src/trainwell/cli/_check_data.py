"""`trainwell check DATA [MODEL]`."""

from typing import Annotated

import typer

from trainwell.cli._arguments import complete_model, key_values
from trainwell.cli._tables import Csv, Json, print_rows

EXAMPLES = """Examples:

  trainwell check photos/                   files, copies, classes, labels, pixels

  trainwell check photos/ resnet18          and a few training steps, on copies

  trainwell check photos/ resnet18 optimizer.lr=0.5

  trainwell check photos/ --json            for scripts

  trainwell check data init                 a folder named like a command

"""


def data(
    data: Annotated[
        str,
        typer.Argument(
            help="Labelled images, as for train.", metavar="DATA", show_default=False
        ),
    ],
    model: Annotated[
        str | None,
        typer.Argument(
            help="A network of `trainwell show models`. Without it, only the "
            "data is checked.",
            metavar="[MODEL]",
            show_default=False,
            autocompletion=complete_model,
        ),
    ] = None,
    overrides: Annotated[
        list[str] | None,
        key_values("Fields of a recipe."),
    ] = None,
    csv: Csv = False,
    json: Json = False,
) -> None:
    """Find faults in images and labels, and in a short training on them.

    Exit code: 0 if no check failed, 1 if one did, 2 if data or recipe cannot be used.
    """
    from trainwell.cli._findings_table import finding_rows, show_findings
    from trainwell.cli._own_code import import_from_here
    from trainwell.runs import Quiet, check_data

    import_from_here()
    reporter = Quiet() if csv or json else None
    found = check_data(data, model, *overrides or [], reporter=reporter)
    rows = finding_rows(found)
    whole = {
        "data": data,
        "model": found.model,
        "failed": found.failed,
        "findings": rows,
        "skipped": found.skipped,
    }
    if not print_rows(rows, csv=csv, json=json, whole=whole):
        show_findings(found)
    if found.failed:
        raise typer.Exit(1)
