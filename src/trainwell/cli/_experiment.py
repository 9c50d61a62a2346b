"""`trainwell experiment`."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from trainwell.cli._claims import (
    list_experiments,
    measure_claims,
    write_claim_notebook,
)
from trainwell.cli._output import echo
from trainwell.cli._tables import Csv, Json, print_rows

EXAMPLES = """Examples:

  trainwell experiment                             list all experiments

  trainwell experiment valley                      measure a claim of the lectures

  trainwell experiment valley --notebook v.ipynb   as a notebook, to turn its knobs

  trainwell experiment --all --quick               all claims, and a page of them

  trainwell experiment policies PHOTOS --seeds 3   compare trainings on your images

  trainwell experiment policies PHOTOS train.epochs=20 --add mine:augment.file=my.yaml

The same command resumes a stopped experiment.
"""


NAMES = ("policies", "ensembles", "transfer")


def _complete_name(incomplete: str) -> list[str]:
    from trainwell.experiments import CLAIMS

    return [name for name in (*NAMES, *CLAIMS) if name.startswith(incomplete)]


def experiment(  # noqa: PLR0913
    name: Annotated[
        str | None,
        typer.Argument(
            help="Name of the experiment. Without it, all are listed.",
            metavar="NAME",
            autocompletion=_complete_name,
        ),
    ] = None,
    data: Annotated[
        str | None,
        typer.Argument(
            help="Labelled images, as for train. Claims bring their own.",
            metavar="DATA",
        ),
    ] = None,
    overrides: Annotated[
        list[str] | None,
        typer.Argument(
            help="Fields of the recipe of all trainings, such as train.epochs=20.",
            metavar="[KEY=VALUE]...",
        ),
    ] = None,
    seeds: Annotated[
        int | None,
        typer.Option(min=1, help="Repetitions; by default 3, or those of the claim."),
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Measure a claim in a small form.")
    ] = False,
    every: Annotated[
        bool,
        typer.Option("--all", help="Measure all claims, and write a page of them."),
    ] = False,
    notebook: Annotated[
        Path | None,
        typer.Option(help="Write the claim as a notebook instead.", metavar="FILE"),
    ] = None,
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
        typer.Option(
            help="The folder to write. By default experiments, or experiments/NAME for "
            "trainings."
        ),
    ] = None,
    csv: Csv = False,
    json: Json = False,
) -> None:
    """Measure a claim of the lectures, or compare trainings on your data."""
    from trainwell.experiments import CLAIMS

    if every or name in CLAIMS:
        if data is not None or add or only:
            raise ValueError(
                "a claim brings its own data and variants; leave them out."
            )
        if every and (name is not None or notebook is not None):
            raise ValueError("--all goes without a name; a notebook is of one claim.")
        if notebook is not None:
            write_claim_notebook(str(name), notebook)
            return
        names = CLAIMS if every else (str(name),)
        measure_claims(
            names, seeds, quick=quick, out=out, page=every, tables=(csv, json)
        )
        return
    if quick or notebook is not None:
        raise ValueError(
            "--quick and --notebook need the name of a claim; `trainwell experiment` "
            "lists them."
        )
    from trainwell.core import checks
    from trainwell.experiments import EXPERIMENTS

    if name is not None:
        checks.one_of("NAME", name, (*EXPERIMENTS, *CLAIMS))
    if name is None or data is None:
        list_experiments(csv=csv, json=json)
        return
    _compare(
        name, data, overrides or (), seeds or 3, add or (), only or (), out, csv, json
    )


def _compare(  # noqa: PLR0913, PLR0917
    name: str,
    data: str,
    overrides: Sequence[str],
    seeds: int,
    add: Sequence[str],
    only: Sequence[str],
    out: Path | None,
    csv: bool,
    json: bool,
) -> None:
    from trainwell.experiments import (
        EXPERIMENTS,
        as_markdown,
        run_experiment,
        summarise,
    )

    folder = out or Path("experiments") / name
    outcomes = run_experiment(
        EXPERIMENTS[name],
        data,
        out=folder,
        seeds=range(seeds),
        overrides=overrides,
        more=dict(_variant(text) for text in add),
        only=only,
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
