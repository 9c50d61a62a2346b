"""`trainwell check transfer`."""

from typing import Annotated

import typer

from trainwell.cli._arguments import complete_model, key_values
from trainwell.cli._output import echo

EXAMPLES = """Examples:

  trainwell check transfer photos/ mobilenet_v2 --weights mobilenet_v2.pth

  trainwell check transfer photos/ timm:resnet18            with its published weights

  trainwell check transfer photos/ mobilenet_v2 --weights w.pth data.image_size=160

This takes minutes on a CPU: features are computed once, and only linear classifiers
are trained.
"""


def transfer(
    data: Annotated[
        str,
        typer.Argument(
            help="Labelled images, as for train.", metavar="DATA", show_default=False
        ),
    ],
    model: Annotated[
        str,
        typer.Argument(
            help="A pretrained network, such as timm:resnet18.",
            metavar="MODEL",
            show_default=False,
            autocompletion=complete_model,
        ),
    ],
    overrides: Annotated[
        list[str] | None,
        key_values("Fields of a recipe."),
    ] = None,
    weights: Annotated[
        str,
        typer.Option(
            help="Weights: a .safetensors or .pth file, or `true` for the "
            "published ones."
        ),
    ] = "true",
) -> None:
    """Measure which blocks of a pretrained network to keep for your images."""
    from rich.console import Console
    from rich.table import Table

    from trainwell.runs import check_transfer

    keys = (f"model.name={model}", f"model.pretrained={weights}")
    advice = check_transfer(
        data, model, *overrides or [], weights=True if weights == "true" else weights
    )
    table = Table(title="Linear classifiers on features, cross-validated")
    for column in ("up to block", "accuracy", "standard error", ""):
        table.add_column(column)
    for number, probe in enumerate(advice.probes):
        mark = "best" if number == advice.best else ""
        table.add_row(probe.block, f"{probe.accuracy:.3f}", f"{probe.error:.3f}", mark)
    Console().print(table)
    echo(f"case      {advice.case}")
    echo(f"because   {advice.text}")
    cut = "" if advice.cut is None else f" transfer.cut={advice.cut:.4f}"
    echo(
        f"do it     trainwell train {data} {' '.join(keys)} transfer.rate=0.1 "
        f"transfer.freeze={advice.freeze:.2f}{cut}"
    )
