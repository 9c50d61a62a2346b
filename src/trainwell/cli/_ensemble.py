"""`trainwell ensemble`."""

from pathlib import Path
from typing import Annotated

import typer

from trainwell.cli._arguments import AllowImport
from trainwell.cli._output import echo
from trainwell.cli._tables import Csv, Json, print_rows
from trainwell.core.headline import headline, headline_name

EXAMPLES = """Examples:

  trainwell ensemble runs/photos-1 runs/photos-2 --out runs/both

  trainwell ensemble runs/tuned-* --soup --out runs/soup

  trainwell ensemble runs/photos-1 --epochs 5-10 --soup   with train.keep=epochs

  trainwell train photos/ ensemble=5                   five seeds, trained and combined

  trainwell train photos/ ensemble=snapshots           five snapshots of one training

The new folder is used like any other: evaluate, predict, export, report.
"""


def ensemble(
    runs: Annotated[
        list[Path],
        typer.Argument(
            help="Finished runs on the same images, or one with --epochs.",
            metavar="RUN...",
            show_default=False,
        ),
    ],
    soup: Annotated[
        bool,
        typer.Option(
            "--soup",
            help="Average the weights of the runs that help, instead of predictions. "
            "For runs that were fine-tuned from the same weights.",
        ),
    ] = False,
    epochs: Annotated[
        str | None,
        typer.Option(
            help="Combine these epochs of one run with train.keep=epochs, such as "
            "5-10 or 1,5,9, instead of several runs."
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="The folder to write. By default a new one under runs/."),
    ] = None,
    allow_import: AllowImport = False,
    csv: Csv = False,
    json: Json = False,
) -> None:
    """Combine several finished runs into one model."""
    from trainwell.cli._own_code import import_from_here
    from trainwell.runs import ensemble

    if allow_import:
        import_from_here()
    run = ensemble(runs, out=out, soup=soup, epochs=epochs, allow_import=allow_import)
    members, names = run.summary["ensemble"], run.summary["members"]
    name = headline_name(run.summary)
    scores = members[f"members_val_{name}"]
    rows = [
        {
            "run": member,
            f"val_{name}": score,
            "used": not soup or number in members["taken"],
        }
        for number, (member, score) in enumerate(zip(names, scores, strict=True))
    ]
    whole = {
        "run": str(run.path),
        f"val_{name}": headline(run.summary, "val"),
        f"test_{name}": headline(run.summary, "test"),
        "members": rows,
    }
    if print_rows(rows, csv=csv, json=json, whole=whole):
        return
    for row in rows:
        echo(f"{row['run']}  validation {row[f'val_{name}']:.4f}")
    if soup:
        used = ", ".join(names[i] for i in members["taken"])
        echo(f"in the soup: {used}")
    echo(f"ensemble  validation {headline(run.summary, 'val'):.4f}")
    if (test := headline(run.summary, "test")) is not None:
        best = members[f"best_member_test_{name}"]
        echo(f"test      {test:.4f} (the best member alone: {best:.4f})")
    echo(f"use it    trainwell predict {run.path} IMAGE...")
