"""`trainwell train`."""

import time
from pathlib import Path
from typing import Annotated, Any

import typer

from trainwell.cli._arguments import AllowImport, choices_of, key_values
from trainwell.cli._output import echo
from trainwell.core.headline import headline, headline_name, spoken, with_unit
from trainwell.core.start_time import begun_at

EXAMPLES = """Examples:

  trainwell train digits                       built-in data, no download

  trainwell train photos/                      a folder per class

  trainwell train photos/ train.time=10m       training of ten minutes

  trainwell train photos/ --recipe resnet optimizer.lr=0.02

  trainwell train photos/ --out r --resume     resume after a crash, exactly

  trainwell train photos/ model.name=net:Net   your class Net in ./net.py

`trainwell show recipe` lists all keys, `trainwell show models` all networks.
"""


_CLOSE = 0.005  # accuracies that are the same to a reader
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
    allow_import: AllowImport = False,
) -> None:
    """Train a network on labelled images; write a folder with model and report."""
    began = time.perf_counter()  # importing takes some seconds of `train.time`
    from trainwell.cli._own_code import import_from_here
    from trainwell.runs import Console, train

    import_from_here()
    with begun_at(began):
        run = train(
            data,
            *overrides or [],
            recipe=recipe,
            out=out,
            resume=resume,
            allow_import=allow_import,
            reporter=Console(),
        )
    echo(summary_text(run.summary))
    echo(f"report    {run.report}")
    model = run.path / "members" / "0" if "folds" in run.summary else run.path
    echo(f"use it    trainwell predict {model} IMAGE...")


def summary_text(summary: dict[str, Any]) -> str:
    """Return a summary of the run in a few lines."""
    tested = headline(summary, "test") is not None
    return "\n".join(
        [
            "",
            f"test      {_score(summary, 'test') if tested else 'no test images'}",
            *(f"          {note}" for note in summary.get("unlabelled", ())),
            f"val       {_validation(summary)}",
            *_kept(summary),
            *_certainty(summary),
            f"training  {summary['train_seconds']:.1f} s, "
            f"{summary['images_per_second']:,.0f} images/s, {summary['precision']} "
            f"{summary['memory_format']}",
            f"verdict   {_stopped(summary)}{summary['verdict']}",
            *(f"but       {fault}" for fault in summary.get("faults", ())),
            *(f"next      {step}" for step in summary.get("next", ())),
        ]
    )


def _validation(summary: dict[str, Any]) -> str:
    if headline(summary, "val") is None:
        return "no validation images"
    folds = summary.get("folds")
    if folds:
        return (
            f"{folds['val_mean']:.4f} ± {folds['val_deviation']:.4f}  "
            f"({folds['count']} folds)"
        )
    return (
        f"{_score(summary, 'val')}  "
        f"(epoch {summary['best_epoch']:g} of {summary['epochs']:g})"
    )


def _kept(summary: dict[str, Any]) -> list[str]:
    """Return why these weights are kept, where it is not for the highest score."""
    text = summary.get("kept") or ""
    usual = not text.startswith(("later weights", "the head"))
    return [] if usual else [f"kept      {text}"]


def _score(summary: dict[str, Any], split: str) -> str:
    """Return the accuracy; the balanced one where it differs, the error of means.

    Of other tasks, it is their number with its name, and the others.
    """
    score = headline(summary, split) or 0.0
    found = (summary.get("metrics") or {}).get(split) or {}
    if (name := headline_name(summary)) != "accuracy":
        others = {k: v for k, v in found.items() if k != name}
        units = summary.get("units") or {}
        return "  ".join(
            f"{spoken(k)} {with_unit(f'{v:.4g}', units.get(k))}"
            for k, v in ({name: score} | others).items()
        )
    accuracy, balanced = score, found.get("balanced_accuracy", score)
    text = f"{accuracy:.4f}"
    if abs(accuracy - balanced) >= _CLOSE:
        text += f"  (mean over classes {balanced:.4f})"
    return f"{text}  (mean error {found['mae']:.4g})" if "mae" in found else text


def _certainty(summary: dict[str, Any]) -> list[str]:
    """Return what the temperature did to the probabilities, if one was fitted."""
    split = "val" if headline(summary, "test") is None else "test"
    found = summary.get("calibration", {}).get(split)
    if summary.get("temperature", 1.0) == 1.0 or found is None:
        return []
    return [
        f"certainty {found['confidence_before']:.3f}, calibrated "
        f"{found['confidence_after']:.3f}; right {headline(summary, split):.3f}  "
        f"(error {found['before']:.3f} -> {found['after']:.3f})"
    ]


def _stopped(summary: dict[str, Any]) -> str:
    """Say of a run that was finished by hand that it was interrupted."""
    if summary.get("stopped_by") != "finish":
        return ""
    return f"Interrupted after {summary['epochs']:g} epochs. "
