"""`trainwell train`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from trainwell.cli._arguments import choices_of, key_values

EXAMPLES = """Examples:

  trainwell train digits                       built-in data, no download

  trainwell train photos/                      a folder per class

  trainwell train photos/ train.time=10m       training of ten minutes

  trainwell train photos/ --recipe resnet optimizer.lr=0.02

  trainwell train photos/ --out r --resume     resume after a crash, exactly

  trainwell train photos/ model.name=net:Net   your class Net in ./net.py

`trainwell show recipe` lists all keys, `trainwell show models` all networks.
"""


PRESETS = ("auto", "airbench", "resnet", "finetune")


def train(
    data: Annotated[
        str,
        typer.Argument(
            help="A folder with a folder per class (or with train, val and test, each "
            "with such folders), a .csv, .parquet or .npz file, or a built-in data "
            "set such as digits.",
            metavar="DATA",
            show_default=False,
        ),
    ],
    overrides: Annotated[
        list[str] | None,
        key_values(
            "Fields of the recipe. Those you leave out are chosen from the data."
        ),
    ] = None,
    recipe: Annotated[
        str | None,
        typer.Option(
            help="A preset (auto, airbench, resnet, finetune) or a recipe.yaml.",
            autocompletion=choices_of(more=PRESETS),
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="The run folder. By default a new one under runs/."),
    ] = None,
    resume: Annotated[
        bool,
        typer.Option("--resume", help="Resume the interrupted run in --out, exactly."),
    ] = False,
) -> None:
    """Train a network on labelled images; write a folder with model and report."""
    from trainwell.cli._own_code import import_from_here
    from trainwell.runs import Console, train

    import_from_here()
    console = Console()
    run = train(
        data, *overrides or [], recipe=recipe, out=out, resume=resume, reporter=console
    )
    typer.echo(summary_text(run.summary))
    typer.echo(f"report    {run.report}")
    model = run.path / "members" / "0" if "folds" in run.summary else run.path
    typer.echo(f"use it    trainwell predict {model} IMAGE...")


def summary_text(summary: dict[str, Any]) -> str:
    """Return a summary of the run in a few lines."""
    test = summary["test_accuracy"]
    return "\n".join(
        [
            "",
            f"test      {'no test images' if test is None else f'{test:.4f}'}",
            f"val       {_validation(summary)}",
            f"training  {summary['train_seconds']:.1f} s, "
            f"{summary['images_per_second']:,.0f} images/s, {summary['precision']} "
            f"{summary['memory_format']}",
            f"verdict   {summary['verdict']}",
        ]
    )


def _validation(summary: dict[str, Any]) -> str:
    if summary["val_accuracy"] is None:
        return "no validation images"
    folds = summary.get("folds")
    if folds:
        return (
            f"{folds['val_mean']:.4f} ± {folds['val_deviation']:.4f}  "
            f"({folds['count']} folds)"
        )
    return (
        f"{summary['val_accuracy']:.4f}  "
        f"(epoch {summary['best_epoch']:g} of {summary['epochs']:g})"
    )
