"""`trainwell experiment`."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from trainwell.cli._arguments import choices_of
from trainwell.cli._output import echo
from trainwell.cli._tables import Csv, Json, print_rows

EXAMPLES = """Examples:

  trainwell experiment                             list all experiments

  trainwell experiment policies PHOTOS --seeds 3

  trainwell experiment policies PHOTOS train.epochs=20 --add mine:augment.file=my.yaml

The same command resumes a stopped experiment.
"""


NAMES = ("policies", "ensembles", "transfer")


def experiment(  # noqa: PLR0913
    name: Annotated[
        str | None,
        typer.Argument(
            help="Name of the experiment. Without it, all are listed.",
            metavar="NAME",
            autocompletion=choices_of(more=NAMES),
        ),
    ] = None,
    data: Annotated[
        str | None,
        typer.Argument(help="Labelled images, as for train.", metavar="DATA"),
    ] = None,
    overrides: Annotated[
        list[str] | None,
        typer.Argument(
            help="Fields of the recipe of all trainings, such as train.epochs=20.",
            metavar="[KEY=VALUE]...",
        ),
    ] = None,
    seeds: Annotated[
        int, typer.Option(min=1, help="Number of trainings per variant.")
    ] = 3,
    add: Annotated[
        list[str] | None,
        typer.Option(
            help="Another variant, as NAME:KEY=VALUE,KEY=VALUE.", metavar="VARIANT"
        ),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(help="Train only this variant. May be repeated.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="The folder to write. By default experiments/NAME."),
    ] = None,
    csv: Csv = False,
    json: Json = False,
) -> None:
    """Repeat a published comparison on your data, with several seeds."""
    from trainwell.core import checks
    from trainwell.experiments import (
        EXPERIMENTS,
        as_markdown,
        run_experiment,
        summarise,
    )

    if name is None or data is None:
        listed = [
            {"name": known, "claim": found.claim, "variants": list(found.variants)}
            for known, found in EXPERIMENTS.items()
        ]
        if not print_rows(listed, csv=csv, json=json):
            for row in listed:
                echo(f"{row['name']}: {row['claim']}")
                echo(f"  compares {', '.join(row['variants'])}")
        if name is not None:
            checks.one_of("NAME", name, tuple(EXPERIMENTS))
        return
    checks.one_of("NAME", name, tuple(EXPERIMENTS))
    folder = out or Path("experiments") / name
    outcomes = run_experiment(
        EXPERIMENTS[name],
        data,
        out=folder,
        seeds=range(seeds),
        overrides=overrides or (),
        more=dict(_variant(text) for text in add or ()),
        only=only or (),
    )
    rows = [asdict(row) for row in summarise(outcomes)]
    if print_rows(rows, csv=csv, json=json):
        return
    echo(as_markdown(outcomes))
    echo(f"{folder / 'results.md'}")


def _variant(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the name and the keys of NAME:KEY=VALUE,KEY=VALUE."""
    name, colon, keys = text.partition(":")
    if not name or not colon or "=" not in keys:
        raise ValueError(f"--add must be NAME:KEY=VALUE,KEY=VALUE, got {text!r}.")
    return name.strip(), tuple(keys.strip().split(","))
