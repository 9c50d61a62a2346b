"""`trainwell search`: find an augmentation policy on your own data."""

from pathlib import Path
from typing import Annotated

import typer

from trainwell.cli._arguments import AllowImport, key_values
from trainwell.cli._output import echo

app = typer.Typer(help="Search for settings on your own data.", no_args_is_help=True)

EXAMPLES = """Examples:

  trainwell search augment photos/ --budget 30m

  trainwell search augment photos/ --method pba --budget 1h --out pba.yaml

  trainwell search augment photos/ --budget 30m --ops gamma,gaussian_blur,rotate

  trainwell search augment photos/ --budget 30m --resume       after a crash

  trainwell search augment photos/ seed=1 --out second.yaml --budget 30m

  trainwell train photos/ augment=policy.yaml                  train with the policy

`trainwell show augment photos/ augment=policy.yaml` shows the policy on your
images. To tune `augment.magnitude` alone, try a few values by hand: it is faster.
"""

_METHODS = ("fast_autoaugment", "pba")


def _complete_method(incomplete: str) -> list[str]:
    return [name for name in _METHODS if name.startswith(incomplete)]


@app.callback()
def search() -> None:
    """Search for settings on your own data."""


@app.command(epilog=EXAMPLES)
def augment(  # noqa: PLR0913
    data: Annotated[
        str,
        typer.Argument(
            help="Labelled images, as for train. Only training images are used.",
            metavar="DATA",
            show_default=False,
        ),
    ],
    overrides: Annotated[
        list[str] | None,
        key_values("Fields of the recipe of the networks that the search trains."),
    ] = None,
    method: Annotated[
        str,
        typer.Option(
            help="fast_autoaugment finds one policy, with networks trained once; pba "
            "finds a schedule of policies, with a population of networks.",
            autocompletion=_complete_method,
        ),
    ] = "fast_autoaugment",
    ops: Annotated[
        str | None,
        typer.Option(
            help="Operations to choose from, such as gamma,gaussian_blur,rotate; any "
            "that augment.operations takes. By default those of the papers.",
            show_default=False,
        ),
    ] = None,
    budget: Annotated[
        str | None,
        typer.Option(
            help="Wall time, such as 10m. By default as many trials as in the paper.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path,
        typer.Option(
            help="The policy file to write. A log of all trials is written beside it."
        ),
    ] = Path("policy.yaml"),
    resume: Annotated[
        bool, typer.Option("--resume", help="Resume the search of --out.")
    ] = False,
    allow_import: AllowImport = False,
) -> None:
    """Search for an augmentation policy for your images; write it to a file."""
    import shlex

    from trainwell.cli._own_code import import_from_here
    from trainwell.runs import Console, search_augment

    import_from_here()
    found = search_augment(
        data,
        *overrides or [],
        method=method,
        ops=ops,
        budget=budget,
        out=out,
        resume=resume,
        allow_import=allow_import,
        reporter=Console(),
    )
    echo("")
    for line in found.notes:
        echo(f"search    {line}")
    echo(f"policy    {found.path}")
    echo(f"tried     {found.log}")
    with_it = f"{shlex.quote(data)} {shlex.quote(f'augment.file={found.path}')}"
    echo(f"look      trainwell show augment {with_it}")
    echo(f"use it    trainwell train {with_it}")
