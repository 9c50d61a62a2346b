"""`trainwell check`: look before training."""

from pathlib import Path
from typing import Annotated

import typer

from trainwell.cli import _check_data, _check_transfer
from trainwell.cli._arguments import choices_of, key_values
from trainwell.cli._default_command import DataFirst
from trainwell.cli._output import echo
from trainwell.cli._tables import Csv, Json, print_rows

app = typer.Typer(cls=DataFirst, no_args_is_help=True)
app.command("data", epilog=_check_data.EXAMPLES)(_check_data.data)
app.command("transfer", epilog=_check_transfer.EXAMPLES)(_check_transfer.transfer)

EXAMPLES = """Examples:

  trainwell check init resnet18                    with its own initialisation

  trainwell check init plain56 --init kaiming_normal --norm none

  trainwell check init lenet --data photos/        on your own images

  trainwell check init six_layers --activation tanh --init small_normal

The last one is a classic experiment: six hidden layers of 4096 units. Arguments of an
initialisation follow as KEY=VALUE, such as init.std=0.05.
"""


@app.callback()
def check() -> None:
    """Find faults before training: `trainwell check DATA [MODEL]`, or a command below.

    DATA alone is short for `check data DATA`.
    """


@app.command(epilog=EXAMPLES)
def init(  # noqa: PLR0913
    model: Annotated[
        str,
        typer.Argument(
            help="A network from `trainwell show models`, or six_layers.",
            metavar="MODEL",
            show_default=False,
            autocompletion=choices_of("model.name", more=("six_layers",)),
        ),
    ],
    overrides: Annotated[
        list[str] | None,
        key_values("Fields of a recipe."),
    ] = None,
    init: Annotated[
        str | None,
        typer.Option(
            help="Initialisation of the weights. By default the network's own.",
            autocompletion=choices_of("init.name"),
        ),
    ] = None,
    activation: Annotated[
        str | None,
        typer.Option(
            help="Activation to use instead of the network's own.",
            autocompletion=choices_of("activation.name"),
        ),
    ] = None,
    norm: Annotated[
        str | None,
        typer.Option(
            help="Norm to use instead of the network's own.",
            autocompletion=choices_of("norm.name"),
        ),
    ] = None,
    data: Annotated[
        str | None,
        typer.Option(help="Labelled images, as for train. By default random noise."),
    ] = None,
    out: Annotated[Path, typer.Option(help="The HTML page to write.")] = Path(
        "check-init.html"
    ),
    csv: Csv = False,
    json: Json = False,
) -> None:
    """Measure activations and gradients of every layer before the first step."""
    from trainwell.cli._init_table import layer_rows, show_layers
    from trainwell.cli._own_code import import_from_here
    from trainwell.runs import check_init

    import_from_here()
    report = check_init(
        model,
        *overrides or [],
        init=init,
        activation=activation,
        norm=norm,
        data=data,
        out=out,
    )
    rows = layer_rows(report)
    whole = {
        "model": model,
        "verdict": report.verdict.text,
        "loss": report.loss,
        "num_images": report.num_images,
        "useless_biases": report.useless_biases,
        "page": str(out),
        "layers": rows,
    }
    if print_rows(rows, csv=csv, json=json, whole=whole):
        return
    show_layers(report)
    if report.useless_biases:
        names = ", ".join(report.useless_biases)
        echo(f"warning   a norm cancels these biases; use bias=False: {names}")
    echo(f"verdict   {report.verdict.text}")
    echo(f"page      {out}")
