"""`trainwell check transfer`."""

from typing import Annotated

import typer

from trainwell.cli._arguments import complete_model, key_values
from trainwell.cli._output import echo
from trainwell.cli._tables import Csv, Json, print_rows

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
    csv: Csv = False,
    json: Json = False,
) -> None:
    """Measure which blocks of a pretrained network to keep for your images."""
    import shlex

    from rich.console import Console
    from rich.table import Table

    from trainwell.recipes import advised
    from trainwell.runs import check_transfer

    given = overrides or []
    advice = check_transfer(
        data, model, *given, weights=True if weights == "true" else weights
    )
    named = [f"model.name={model}", f"model.pretrained={weights}"]
    command = shlex.join(
        [
            *("trainwell", "train", data),
            *([model] if "=" in model else named),
            *given,
            *(f"transfer.{key}={value:g}" for key, value in advised(advice).items()),
        ]
    )
    rows = [
        {
            "block": probe.block,
            "accuracy": probe.accuracy,
            "standard_error": probe.error,
            "best": number == advice.best,
        }
        for number, probe in enumerate(advice.probes)
    ]
    whole = {
        "case": advice.case,
        "because": advice.text,
        "command": command,
        "validation": advice.validation,
        "probes": rows,
    }
    if print_rows(rows, csv=csv, json=json, whole=whole):
        return
    table = Table(title="Linear classifiers on features, cross-validated")
    for column in ("up to block", "accuracy", "standard error", ""):
        table.add_column(column)
    for row in rows:
        values = f"{row['accuracy']:.3f}", f"{row['standard_error']:.3f}"
        table.add_row(str(row["block"]), *values, "best" if row["best"] else "")
    Console().print(table)
    echo(f"case      {advice.case}")
    if advice.validation is not None:
        echo(f"validation {advice.validation:.3f} by the best of them")
    echo(f"because   {advice.text}")
    echo(f"do it     {command}")
